// Builds stylesheet, script, font and pictures into one folder, with the hash of each file's content in its name.
// Run by build.rs inside OUT_DIR: node build.mjs <folder>
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import * as sass from "sass";

const out = process.argv[2];
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const manifest = [];

/** Writes one file under its hashed name, packed too where that is smaller, and notes it. Returns its address. */
function put(kind, name, extension, mediaType, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const file = `${name}-${hash}.${extension}`;
  writeFileSync(join(out, file), bytes);
  // woff2 is packed already; packing it again only costs.
  if (extension !== "woff2") {
    writeFileSync(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(out, `${file}.br`), brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }));
  }
  manifest.push([kind, name, file, mediaType].join("\t"));
  return `/assets/${file}`;
}

const fontFolder = "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files";
const font = (subset) => put("font", `atkinson-${subset}`, "woff2", "font/woff2",
  readFileSync(join(fontFolder, `atkinson-hyperlegible-next-${subset}-wght-normal.woff2`)));
const latin = font("latin");
const latinExt = font("latin-ext");

const style = sass.compileString(
  `@use "app" with ($font-latin: "${latin}", $font-latin-ext: "${latinExt}");`,
  { loadPaths: ["scss", "node_modules"], style: "compressed", quietDeps: true },
);
put("stylesheet", "app", "css", "text/css; charset=utf-8", style.css);

const script = await esbuild.build({
  entryPoints: ["js/app.mjs"], bundle: true, minify: true, write: false, format: "esm", target: "es2019", legalComments: "none",
});
put("script", "app", "js", "text/javascript; charset=utf-8", script.outputFiles[0].contents);

for (const file of readdirSync("pictures").filter((name) => name.endsWith(".svg")).sort()) {
  put("picture", file.replace(/\.svg$/, ""), "svg", "image/svg+xml", readFileSync(join("pictures", file)));
}

writeFileSync(join(out, "manifest.tsv"), manifest.join("\n") + "\n");
