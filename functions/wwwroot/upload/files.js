/** All dropped files; those in folders with their paths. */
export async function filesOf(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ file, path: file.name }));
  const found = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    if (file) found.push({ file, path: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return;
    for (const one of some) await walk(one, found);
  }
}

/** The blob name of a file: forbidden characters are replaced, everything else is kept. */
export function pathOf(folder, name) {
  const path = `${folder.trim().replace(/^\/+|\/+$/g, '')}/${name}`;
  return path
    .split('/')
    .filter(Boolean)
    .map((part) => part.replace(/[\\\p{Cc}]/gu, '_').replace(/\.+$/, (dots) => '_'.repeat(dots.length)))
    .join('/')
    .toWellFormed();
}
