curl -sS --fail-with-body {{ api.base_url ~ api.operations.models.path }} \
  -H "{{ authentication.header | bare }}: {{ authentication.scheme | bare }} ${{ key.environment_variable | bare }}"
