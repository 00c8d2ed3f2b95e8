// @ts-check

/**
 * The element of the page that has an id.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`There is no ${kind.name} with the id ${id}.`);
  return found;
}

/**
 * A new element. Children that are no nodes become text, whatever they say: what peers call themselves is never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Changes a text only when it is another one: what has not changed keeps its selection. @param {Node} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {Element} node @param {string} name @param {string | null} value None: the attribute goes. */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) === value) return;
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

/**
 * @template T
 * @typedef {{ element: HTMLElement, show: (item: T) => void }} Part One item on the page.
 */

/**
 * Children of an element, one for each item, that stay the same elements while their items stay.
 * @template T
 */
export class Parts {
  /** @type {Map<string, Part<T>>} */
  #parts = new Map();
  #parent;
  #keyOf;
  #make;

  /** @param {HTMLElement} parent @param {(item: T) => string} keyOf @param {() => Part<T>} make */
  constructor(parent, keyOf, make) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#make = make;
  }

  /** @param {T[]} items */
  show(items) {
    const focused = document.activeElement;
    const gone = new Map(this.#parts);
    let place = this.#parent.firstElementChild;
    for (const item of items) {
      const part = this.#partFor(this.#keyOf(item));
      gone.delete(this.#keyOf(item));
      part.show(item);
      if (part.element === place) place = place.nextElementSibling;
      else this.#parent.insertBefore(part.element, place);
    }

    for (const [key, part] of gone) {
      part.element.remove();
      this.#parts.delete(key);
    }

    // An element that moves loses the focus.
    if (focused instanceof HTMLElement && focused !== document.activeElement && this.#parent.contains(focused)) focused.focus({ preventScroll: true });
  }

  /** @param {string} key */
  #partFor(key) {
    const known = this.#parts.get(key);
    if (known) return known;
    const made = this.#make();
    this.#parts.set(key, made);
    return made;
  }
}
