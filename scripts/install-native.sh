#!/bin/sh
# Installs the native parser into node_modules/.native, where the tests look for it. No part of installing vouch: it
# compiles, and package.json stays as it is. The grammars' own native parts come prebuilt with their packages.
set -eu
folder="$(dirname "$0")/../node_modules/.native"
rm -rf "$folder" "$folder.new"
mkdir -p "$folder.new"
cd "$folder.new"
echo '{"private": true}' >package.json
npm install --no-audit --no-fund --ignore-scripts --save-exact tree-sitter@0.25.1
cd node_modules/tree-sitter
# The prebuilt library needs a newer C++ runtime than stable distributions have.
rm -rf prebuilds
JOBS=max timeout 80 npx --yes node-gyp@12.4.0 rebuild
# Only a whole installation gets the name.
cd ../../..
mv .native.new .native
