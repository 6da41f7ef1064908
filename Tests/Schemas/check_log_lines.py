"""Checks log lines against the schema of a line: check_log_lines.py SCHEMA FOLDER

Reads every *.log file in the folder, one JSON object a line. Names each line that breaks the schema, with the reason, and
ends with exit code 1 if there is one, or if there is no line at all.
"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator

SHOWN = 20


def problem(validator, line):
    """What is wrong with a line, or None."""
    try:
        value = json.loads(line)
    except ValueError as error:
        return f"no JSON: {error}"
    for error in validator.iter_errors(value):
        return f"{error.json_path}: {error.message}"
    return None


def main(schema_file, folder):
    schema = json.loads(pathlib.Path(schema_file).read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    lines = bad = 0
    for file in sorted(pathlib.Path(folder).glob("*.log")):
        for number, line in enumerate(file.read_bytes().decode(errors="surrogateescape").split("\n"), 1):
            if not line:
                continue
            lines += 1
            reason = problem(validator, line)
            if reason is None:
                continue
            bad += 1
            if bad <= SHOWN:
                print(f"{file}:{number}: {reason}\n    {line[:400]}")
    print(f"{lines} log lines checked, {bad} bad")
    if lines == 0:
        print(f"no log line was found in {folder}: did the tests run with GATEWARDEN_TEST_LOGS?")
    return 1 if bad or lines == 0 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
