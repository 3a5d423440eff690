// Uploads files with Microsoft's own JavaScript client: upload.js CONNECTION-STRING CONTAINER FILE...
"use strict";

const path = require("node:path");
const { BlobServiceClient } = require("@azure/storage-blob");

const types = { ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp", ".gif": "image/gif" };

async function main([connectionString, containerName, ...files]) {
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient(containerName);
  await Promise.all(files.map(async (file) => {
    const blob = container.getBlockBlobClient(path.basename(file));
    const blobContentType = types[path.extname(file).toLowerCase()] ?? "application/octet-stream";
    const { etag } = await blob.uploadFile(file, { blobHTTPHeaders: { blobContentType } });
    console.log(JSON.stringify({ name: blob.name, etag }));
  }));
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
