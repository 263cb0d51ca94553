$file = "$HOME/.openclaw/openclaw.json"
if ((Test-Path $file) -and -not (Test-Path "${file}.before-{{ provider.id | bare }}")) { Copy-Item $file "${file}.before-{{ provider.id | bare }}" }
