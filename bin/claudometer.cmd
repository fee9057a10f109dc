@echo off
rem Runs Claudometer from cmd.exe; claudometer.ps1 beside it does the work.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0claudometer.ps1" %*
exit /b %ERRORLEVEL%
