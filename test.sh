#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs all tests; the last line is "N passed, N failed".
#   ./test.sh        all tests
#   ./test.sh fast   without those in a browser
#   ./test.sh long   those of "fast", where a test has a long form in that one: hours, for instance of killing a program that trains
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
results=artifacts/tests
passed=0
failed=0
skipped=0

finish() {
    [ "$skipped" -eq 0 ] || echo "$skipped skipped: what they need is not here (see above)."
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit
}

# What keeps the tests from running is a failure too.
give_up() {
    echo "$1" >&2
    failed=$((failed + 1))
    finish
}

suites=(Training Torch Data Web)
case "${1:-all}" in
    all) suites+=(Browser) ;;
    fast) ;;
    long) export STEPSIZE_LONG_TESTS=1 ;;
    *) give_up "\"$1\" is unknown; give fast or long, or nothing for all tests." ;;
esac

command -v dotnet >/dev/null || give_up "dotnet is missing: install the .NET 10 SDK and try again."
command -v npm >/dev/null || give_up "npm is missing: install Node.js 20 or later, which brings it, and try again."

can_install() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }
install() { { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >/dev/null; }

if [[ " ${suites[*]} " == *" Browser "* ]] && ! command -v chromium >/dev/null; then
    can_install || give_up "Chromium is missing: install it (apt-get install chromium), or run ./test.sh fast."
    echo "Installing Chromium …"
    install chromium || give_up "Chromium could not be installed: install it, or run ./test.sh fast."
fi

# Only photographs need it: without it, three tests are skipped.
if can_install && ! ldconfig -p | grep libturbojpeg >/dev/null; then
    echo "Installing libturbojpeg …"
    install libturbojpeg0 || echo "libturbojpeg could not be installed: tests that decode JPEG are skipped." >&2
fi

if [[ " ${suites[*]} " == *" Browser "* ]] && ! [ -x /usr/sbin/nginx ] && ! command -v nginx >/dev/null; then
    echo "Installing nginx …"
    # Installed, not started: tests start it with the configuration that the documentation gives.
    { can_install && RUNLEVEL=1 install nginx; } || echo "nginx could not be installed: tests behind a reverse proxy are skipped." >&2
fi

# Installed, not started: tests start servers of their own, in temporary folders.
postgres_is_there() { compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || [ -n "${STEPSIZE_TEST_POSTGRES:-}" ]; }
if ! postgres_is_there; then
    echo "Installing PostgreSQL …"
    # The package would make and start a cluster of the system otherwise.
    if can_install && mkdir -p /etc/postgresql-common/createcluster.d && echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/stepsize.conf; then
        RUNLEVEL=1 install postgresql
        rm -f /etc/postgresql-common/createcluster.d/stepsize.conf
    fi
    postgres_is_there || echo "PostgreSQL could not be installed: tests of many programs on one database are skipped." >&2
fi

# The build restores packages and client libraries. Warnings are errors.
dotnet build Dashboard.sln -c Release -v quiet -nologo || give_up "The build failed."

rm -rf "$results"
mkdir -p "$results"
for suite in "${suites[@]}"; do
    report="$results/$suite.xml"
    echo "== $suite.Tests"
    "tests/$suite.Tests/bin/Release/net10.0/Stepsize.$suite.Tests" -noColor -noLogo -xml "$report"
    code=$?
    # A process that crashed leaves no report, or exits with an error that none of its tests explains.
    count() { grep -o "<assembly [^>]*" "$report" 2>/dev/null | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' || echo 0; }
    bad=$(($(count failed) + $(count errors)))
    good=$(count passed)
    if [ "$bad" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        echo "$suite.Tests ended with code $code and no failed test: counted as a failure." >&2
        bad=1
    fi
    passed=$((passed + good))
    skipped=$((skipped + $(count skipped)))
    failed=$((failed + bad))
done
finish
