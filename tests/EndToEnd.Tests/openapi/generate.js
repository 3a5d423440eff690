// generate.js DESCRIPTION TYPES: writes the types of the API for TypeScript, with binary bodies as Blobs.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const [description, types] = process.argv.slice(2);
const blob = ts.factory.createTypeReferenceNode("Blob");
const tree = await openapiTS(pathToFileURL(description), { transform: (schema) => (schema.format === "binary" ? blob : undefined) });
writeFileSync(types, astToString(tree));
