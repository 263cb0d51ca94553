$folder = "$HOME/.openclaw"
New-Item -ItemType Directory -Force $folder | Out-Null
$lines = @(if (Test-Path "$folder/.env") { [IO.File]::ReadAllLines("$folder/.env") | Where-Object { $_ -notmatch '^LLMBASE_CHAT_AGENT_KEY=' } })
if ($env:LLMBASE_CHAT_AGENT_KEY) { [IO.File]::WriteAllLines("$folder/.env", [string[]]($lines + "LLMBASE_CHAT_AGENT_KEY=$env:LLMBASE_CHAT_AGENT_KEY")) }
