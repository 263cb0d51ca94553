$file = "$env:LOCALAPPDATA/hermes/config.yaml"
if ((Test-Path $file) -and -not (Test-Path "${file}.before-llmbase")) { Copy-Item $file "${file}.before-llmbase" }
