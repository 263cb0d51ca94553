curl.exe -sS --fail-with-body {{ api.base_url ~ api.operations.models.path }} -H "{{ authentication.header | bare }}: {{ authentication.scheme | bare }} $env:{{ key.environment_variable | bare }}"
