import { ApiError, keyHeader, problemOf } from '../api.js';
import { askForKey } from '../key.js';
import { t } from '../texts.js';

/** Uploads a file and reports its progress, which fetch cannot. */
export async function put(address, file, progress) {
  const request = await new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', address);
    for (const [name, value] of Object.entries(keyHeader())) sending.setRequestHeader(name, value);
    sending.setRequestHeader('content-type', 'application/octet-stream');
    sending.upload.addEventListener('progress', ({ loaded, total }) => progress(total ? loaded / total : 0));
    sending.addEventListener('load', () => resolve(sending));
    sending.addEventListener('error', () => reject(new ApiError(0, t('api.silent'), t('upload.cut'))));
    sending.send(file);
  });
  if (request.status === 401) {
    await askForKey(Object.keys(keyHeader()).length > 0);
    return put(address, file, progress);
  }
  const reply = parsed(request.responseText);
  if (request.status === 202) return reply;
  if (reply?.title) throw problemOf(request.status, reply);
  throw new ApiError(request.status, t('upload.failed'), t('upload.status', { status: request.status }));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
