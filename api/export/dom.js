// @ts-check
"use strict";

/** The element with an id; its absence is a fault of the page. @param {string} id @returns {HTMLElement} */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/**
 * A new element. Text always enters as text, never as markup.
 * @param {string} tag @param {Record<string, string>} [attributes] @param {(Node | string | null)[]} children
 * @returns {HTMLElement}
 */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A button that acts. @param {string} text @param {() => void} act @param {string} [look] */
function button(text, act, look = "") {
  const element = make("button", look ? { type: "button", class: look } : { type: "button" }, text);
  element.addEventListener("click", act);
  return element;
}

/** The JSON of a data block. @param {string} id @returns {any} */
function data(id) {
  return JSON.parse(byId(id).textContent ?? "null");
}

/** @param {number} value */
const counted = (value) => value.toLocaleString("en");

/** @param {number} count @param {string} one */
const plural = (count, one) => `${counted(count)} ${one}${count === 1 ? "" : "s"}`;
