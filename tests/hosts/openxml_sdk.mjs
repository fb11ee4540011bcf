// The errors that the Open XML SDK finds in a file, as JSON: node openxml_sdk.mjs FOLDER_OF_NODE_MODULES FILE
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

const [folder, file] = process.argv.slice(2);
const packaged = `${folder}/@ooxml-tools/validate/dist/npm/index.js`;
const { default: validate } = await import(pathToFileURL(packaged).href);
console.log(JSON.stringify(await validate(await readFile(file), 'xlsx')));
process.exit(0);
