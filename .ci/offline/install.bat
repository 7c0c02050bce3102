@echo off
rem Only ASCII in this file: a console of any code page reads it. What is said in Chinese is said by install.py.
setlocal
set FOUND=
for %%V in (3.13 3.12 3.11) do if not defined FOUND call :try py -%%V
if not defined FOUND call :try python
if not defined FOUND goto none
%FOUND% "%~dp0install.py"
set CODE=%ERRORLEVEL%
if not defined DRAFTER_NO_PAUSE pause
exit /b %CODE%

:try
%* -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" >nul 2>nul
if not errorlevel 1 set FOUND=%*
exit /b 0

:none
start "" notepad "%~dp0need-python.txt"
exit /b 1
