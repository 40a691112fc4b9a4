"use strict";
// Renders the OpenAPI document as a page on which each operation can be tried.  Text only ever enters as textContent.

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

function field(parameter) {
  const schema = parameter.schema || {};
  const type = schema.type || (schema.anyOf || [{}])[0].type;
  const name = parameter.name;
  let input;
  if (schema.enum) {
    input = element("select", { name }, element("option", { value: "" }, "(default)"),
      ...schema.enum.map((value) => element("option", {}, value)));
  } else if (name === "query") {
    input = element("textarea", { name, spellcheck: "false" });
  } else {
    input = element("input", { name, type: type === "integer" || type === "number" ? "number" : "text", step: "any" });
  }
  if (parameter.required) input.required = true;
  const hint = element("span", { class: "hint" }, parameter.description || "");
  return element("label", {}, element("span", {}, element("code", {}, name), " ", hint), input);
}

function address(path, parameters, data) {
  const url = new URL(path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(data.get(name) || "")), location.origin);
  for (const { name, in: place } of parameters) {
    if (place === "query" && data.get(name)) url.searchParams.append(name, data.get(name));
  }
  return url;
}

async function send(method, url, type, body) {
  const options = method === "post" ? { method: "POST", headers: { "Content-Type": type }, body } : {};
  const response = await fetch(url, options);
  let text = await response.text();
  if (/json/.test(response.headers.get("Content-Type") || "")) text = JSON.stringify(JSON.parse(text), null, 2);
  return `${response.status} ${response.statusText}\n\n${text}`;
}

function attempt(method, path, operation) {
  const parameters = operation.parameters || [];
  const form = element("form", {}, ...parameters.map(field));
  const type = Object.keys((operation.requestBody || { content: {} }).content)[0];
  if (type) form.append(element("label", {}, type, element("textarea", { name: "", spellcheck: "false" })));
  const output = element("pre", { "aria-live": "polite" });
  output.hidden = true;
  form.append(element("button", {}, "Try it"), output);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = type && form.querySelector("textarea[name='']").value;
    output.hidden = false;
    try {
      output.textContent = await send(method, address(path, parameters, new FormData(form)), type, body);
    } catch (error) {
      output.textContent = String(error);
    }
  });
  return form;
}

function show(method, path, operation) {
  const summary = element("summary", {}, element("span", { class: "method" }, method.toUpperCase()),
    element("code", {}, path), " ", element("span", { class: "summary" }, operation.description || operation.summary || ""));
  const content = element("div", { class: "body" }, attempt(method, path, operation));
  return element("details", { id: operation.operationId }, summary, content);
}

async function main() {
  const target = document.getElementById("operations");
  const api = await (await fetch("/openapi.json")).json();
  document.getElementById("title").textContent = `${api.info.title} ${api.info.version}`;
  document.getElementById("description").textContent = api.info.description || "";
  target.replaceChildren();
  const groups = new Map();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = (operation.tags || ["other"])[0];
      groups.set(tag, [...(groups.get(tag) || []), show(method, path, operation)]);
    }
  }
  for (const [tag, shown] of groups) target.append(element("section", {}, element("h2", {}, tag), ...shown));
}

main().catch((error) => { document.getElementById("operations").textContent = String(error); });
