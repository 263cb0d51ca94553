$folder = "$env:LOCALAPPDATA/hermes"
New-Item -ItemType Directory -Force $folder | Out-Null
$lines = @(if (Test-Path "$folder/.env") { [IO.File]::ReadAllLines("$folder/.env") | Where-Object { $_ -notmatch '^{{ key.environment_variable | bare }}=' } })
if ($env:{{ key.environment_variable | bare }}) { [IO.File]::WriteAllLines("$folder/.env", [string[]]($lines + "{{ key.environment_variable | bare }}=$env:{{ key.environment_variable | bare }}")) }
