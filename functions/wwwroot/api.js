import { t, word } from './texts.js';

// The HTTP API, and the key that a host may require for it. The key is kept for the lifetime of the tab.

const keyName = 'x-functions-key';

/** An error whose message the page shows as it is. */
export class ApiError extends Error {
  /** @param lang The language of a detail that the app has written. */
  constructor(status, title, detail, lang) {
    super(detail ?? title);
    this.status = status;
    this.title = title;
    this.lang = lang;
  }
}

export const hasKey = () => sessionStorage.getItem(keyName) !== null;
export const setKey = (key) => (key ? sessionStorage.setItem(keyName, key) : sessionStorage.removeItem(keyName));

/** Headers that every request needs. */
export const keyHeader = () => (hasKey() ? { [keyName]: sessionStorage.getItem(keyName) } : {});

export async function send(path, { method = 'GET', body, json, headers = {}, signal, keepalive } = {}) {
  const request = {
    method,
    signal,
    keepalive,
    body: json === undefined ? body : JSON.stringify(json),
    headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...keyHeader() },
  };
  let response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, t('api.silent'), t('api.silentHint'));
  }
  if (response.status === 401) {
    const { askForKey } = await import('./key.js');
    if (!(await askForKey(hasKey()))) throw new ApiError(401, t('api.keyNeeded'), t('api.keyNeededHint'));
    return send(path, { method, body, json, headers, signal, keepalive });
  }
  if (!response.ok) throw await problem(response);
  return response;
}

export async function read(path, options) {
  const response = await send(path, options);
  return response.status === 204 ? null : response.json();
}

export function query(path, values) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, value);
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/** The picture's URL, pinned to its content so that the browser may cache it. */
export const contentUrl = (image, size) =>
  query(`/api/images/${encodeURIComponent(image.id)}/content`, { size, sha256: size && image.sha256 });

/** A refusal of the app: what kind it is, in the reader's language, by its type or else by its status; and the app's own sentence. */
export const problemOf = (status, { type, title, detail }) =>
  new ApiError(
    status,
    word('problem', /^\/problems\/(\w+)$/.exec(type ?? '')?.[1], word('problem', status, title)),
    detail,
    detail && 'en',
  );

async function problem(response) {
  try {
    return problemOf(response.status, await response.json());
  } catch {
    return new ApiError(response.status, t('api.status', { status: response.status }), t('api.statusHint'));
  }
}
