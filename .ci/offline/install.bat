@echo off
rem Only ASCII in this file: a console of any code page reads it. What is said in Chinese is said by install.py.
setlocal
set "PYTHONUTF8="
for %%V in (3.13 3.12 3.11) do (
  py -%%V -c "" >nul 2>nul && (set "FOUND=py -%%V" & goto install)
)
python -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul && (set "FOUND=python" & goto install)
start "" notepad "%~dp0need-python.txt"
exit /b 1
:install
%FOUND% "%~dp0install.py"
set "CODE=%ERRORLEVEL%"
if not defined DRAFTER_NO_PAUSE pause
exit /b %CODE%
