; Installer for Windows from the folder that `packaging\build.py bundle` makes (Inno Setup 6):
;   py packaging\build.py bundle
;   iscc packaging\windows\dynseg-annotator.iss
; Not tried: no Windows machine was at hand.
#define Name "dynseg-annotator"
#ifndef Version
  #define Version "0.1.0"
#endif

[Setup]
AppId={{6D1F5E0B-6F43-4C7E-9B0A-0D53454700A1}
AppName={#Name}
AppVersion={#Version}
AppPublisher=dynseg-annotator contributors
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename={#Name}-{#Version}-windows
Compression=lzma2
SolidCompression=yes

[Files]
Source: "..\..\dist\bundle\dynseg-annotator\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\dynseg-annotator.exe"
Name: "{group}\{#Name}, sample"; Filename: "{app}\dynseg-annotator.exe"; Parameters: "--demo"

[Registry]
; "Label the images in here" in the menu of a folder.
Root: HKA; Subkey: "Software\Classes\Directory\shell\{#Name}"; ValueType: string; ValueData: "Label images with {#Name}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\{#Name}\command"; ValueType: string; ValueData: """{app}\dynseg-annotator.exe"" ""%1"""
