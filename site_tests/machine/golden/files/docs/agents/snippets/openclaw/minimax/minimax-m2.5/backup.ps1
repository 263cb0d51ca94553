$file = "$HOME/.openclaw/openclaw.json"
if ((Test-Path $file) -and -not (Test-Path "${file}.before-exempla")) { Copy-Item $file "${file}.before-exempla" }
