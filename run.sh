#!/usr/bin/env bash
# Builds the dashboard and starts it with the quickstart sweep training.
# Arguments go to the program's command `demo`, such as: ./run.sh --urls http://127.0.0.1:8000
set -euo pipefail
cd "$(dirname "$0")"

need() {
    command -v "$1" >/dev/null || { echo "$2" >&2; exit 1; }
}
need dotnet "dotnet is missing: install the .NET 10 SDK and try again."
need npm "npm is missing: install Node.js 20 or later, which brings it, and try again."
dotnet --list-sdks | grep -q '^10\.' || { echo "The .NET 10 SDK is missing: install it and try again." >&2; exit 1; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
echo "Building (the first time takes a minute or two) …"
dotnet build src/Web -c Release -v quiet -nologo
exec dotnet src/Web/bin/Release/net10.0/stepsize.dll demo "$@"
