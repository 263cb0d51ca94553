$env:{{ key.environment_variable | bare }} = [Net.NetworkCredential]::new('', (Read-Host -AsSecureString -Prompt {{ key.name ~ " (not shown)" }})).Password
