# Runs Claudometer on Windows: with the runtime beside it, as packages have it, else with a JDK 25 or newer from JAVA_HOME
# or the path; and with the options that suit the command. The directory can be moved as a whole.
$ErrorActionPreference = 'Stop'

$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$jar = Join-Path $here 'claudometer.jar'
if (-not (Test-Path $jar)) {
    [Console]::Error.WriteLine("claudometer: $jar is missing: install it again")
    exit 1
}

function Find-Java {
    $packaged = Join-Path (Split-Path -Parent $here) 'runtime\bin\java.exe'
    if (Test-Path $packaged) { return $packaged }
    $candidates = @()
    if ($env:JAVA_HOME) { $candidates += Join-Path $env:JAVA_HOME 'bin\java.exe' }
    $onPath = Get-Command java.exe -ErrorAction SilentlyContinue
    if ($onPath) { $candidates += $onPath.Source }
    foreach ($java in $candidates) {
        $release = Join-Path (Split-Path -Parent (Split-Path -Parent $java)) 'release'
        if ((Test-Path $java) -and (Test-Path $release)) {
            $version = Select-String -Path $release -Pattern '^JAVA_VERSION="(\d+)' | Select-Object -First 1
            if ($version -and [int]$version.Matches[0].Groups[1].Value -ge 25) { return $java }
        }
    }
    [Console]::Error.WriteLine('claudometer needs a JDK 25 or newer: winget install EclipseAdoptium.Temurin.25.JDK, or point JAVA_HOME at one.')
    exit 1
}

$java = Find-Java
$options = @('-XX:+UseSerialGC', '-XX:-UsePerfData')
$kind = 'cli'
switch -Regex ("$($args[0]) $($args[1])") {
    '^serve ' { $options += '-Xmx160m', '-Xmn56m', '-XX:SurvivorRatio=2', '-XX:+ExitOnOutOfMemoryError'; $kind = 'server'; break }
    '^agent start$' { $options += '-XX:TieredStopAtLevel=1', '-Xms8m', '-Xmx96m', '-Xmn4m', '-XX:+ExitOnOutOfMemoryError'; break }
    '^export ' { $options += '-XX:TieredStopAtLevel=1', '-Xmx96m', '-XX:+ExitOnOutOfMemoryError'; $kind = 'server'; break }
    default {
        $options += '-XX:TieredStopAtLevel=1', '-Xms64m', '-Xmn48m', '-XX:SurvivorRatio=3', '-Xmx192m'
        $options += '-Djdk.reflect.useNativeAccessorOnly=true'
    }
}

# The JVM makes this archive itself when the first command ends, holds it against the jar's name, time and size, and makes
# another where they differ. In it are the classes that the command used.
if ($env:LOCALAPPDATA) {
    $cache = Join-Path $env:LOCALAPPDATA 'claudometer\cache'
    New-Item -ItemType Directory -Force $cache | Out-Null
    $options += '-XX:+AutoCreateSharedArchive', "-XX:SharedArchiveFile=$(Join-Path $cache "$kind.jsa")", '-Xlog:aot=off', '-Xlog:cds=off'
}
$native = Join-Path $here 'native'
if (Test-Path $native) { $options += "-Dorg.sqlite.lib.path=$native" }

$env:CLAUDOMETER_LAUNCHER = $MyInvocation.MyCommand.Path
if (-not [Console]::IsOutputRedirected) { $env:CLAUDOMETER_COLUMNS = [Console]::WindowWidth }
if (-not [Console]::IsErrorRedirected) { $env:CLAUDOMETER_PROGRESS = '1' }

# Bytes go through as they are, in both directions.
& $java @options '--enable-native-access=ALL-UNNAMED' '-cp' $jar 'dev.claudometer.Main' @args
exit $LASTEXITCODE
