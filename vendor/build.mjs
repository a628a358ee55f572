// Bundles what others wrote into kg/page/vendor, and writes down what it is: names, versions,
// licences, hashes. Only who brings in another version runs this (make vendor); it needs node and zstd.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../kg/page/vendor");
const bundles = { "editor.js": "kgEditor", "engine.js": "kgEngine" };
const found = new Set(["oxigraph"]);

for (const [file, globalName] of Object.entries(bundles)) {
  const { metafile } = await build({
    entryPoints: [join(here, file)],
    outfile: join(out, file),
    bundle: true,
    format: "iife",
    globalName,
    minify: true,
    legalComments: "none",
    charset: "utf8",
    target: "es2022",
    define: { "import.meta.url": '""' }, // the engine's bytes are handed to it, not fetched
    metafile: true,
  });
  for (const path of Object.keys(metafile.inputs)) {
    const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (match) found.add(match[1]);
  }
}

const wasm = join(here, "node_modules/oxigraph/web_bg.wasm");
execFileSync("zstd", ["--ultra", "-22", "--force", "--quiet", wasm, "-o", join(out, "engine.wasm.zst")]);

const hash = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const packages = [...found].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  return { name, version, license, text: text ? readFileSync(join(folder, text), "utf8").trim() : "" };
});

rmSync(join(out, "LICENSES.txt"), { force: true });
const files = readdirSync(out).filter((file) => file !== "vendored.toml").sort();
writeFileSync(
  join(out, "LICENSES.txt"),
  packages
    .map(({ name, version, license, text }) =>
      `${name} ${version}: ${license}\n\n${text || "Used under the Apache License 2.0, the text of which is in this project's file LICENSE."}\n`)
    .join(`\n${"-".repeat(72)}\n\n`),
);
writeFileSync(
  join(out, "vendored.toml"),
  [
    "# What kg/page/vendor holds of others; written by vendor/build.mjs. Texts of licences: LICENSES.txt.",
    "",
    ...files.flatMap((file) => ["[[file]]", `name = "${file}"`, `sha256 = "${hash(join(out, file))}"`, ""]),
    ...packages.flatMap(({ name, version, license }) => ["[[package]]", `name = "${name}"`, `version = "${version}"`, `licence = "${license}"`, ""]),
  ].join("\n"),
);
