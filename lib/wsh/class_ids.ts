/** The CLSIDs of objects, for `<object classid>` and `GetObject("new:{…}")`. @module */

/** ProgIDs by the CLSIDs that Windows registers for them. */
const PROG_IDS: Readonly<Record<string, string>> = {
  "0D43FE01-F093-11CF-8940-00A0C9054228": "Scripting.FileSystemObject",
  "EE09B103-97E0-11CF-978F-00A02463E06F": "Scripting.Dictionary",
  "32DA2B15-CFED-11D1-B747-00C04FC2B085": "Scripting.Encoder",
  "3F4DACA4-160D-11D2-A8E9-00104B365C9F": "VBScript.RegExp",
  "06290BD5-48AA-11D2-8432-006008C3FBFC": "Scriptlet.TypeLib",
  "6896B49D-7AFB-34DC-934E-5ADD38EEEE39": "System.Collections.ArrayList",
  // Script Host has registered its shell and its network twice, for older and newer interfaces.
  "72C24DD5-D70A-438B-8A42-98424B88AFB8": "WScript.Shell",
  "F935DC22-1CF0-11D0-ADB9-00C04FD58A0B": "WScript.Shell",
  "093FF999-1EA0-4079-9525-9614C3504B74": "WScript.Network",
  "F935DC26-1CF0-11D0-ADB9-00C04FD58A0B": "WScript.Network",
  "13709620-C279-11CE-A49E-444553540000": "Shell.Application",
  "00000566-0000-0010-8000-00AA006D2EA4": "ADODB.Stream",
  "2933BF90-7B36-11D2-B20E-00C04F983E60": "Microsoft.XMLDOM",
  "2933BF91-7B36-11D2-B20E-00C04F983E60": "Microsoft.FreeThreadedXMLDOM",
  "F6D90F11-9C73-11D3-B32E-00C04F990BB4": "MSXML2.DOMDocument",
  "F6D90F12-9C73-11D3-B32E-00C04F990BB4": "MSXML2.FreeThreadedDOMDocument",
  "F5078F32-C551-11D3-89B9-0000F81FE221": "MSXML2.DOMDocument.3.0",
  "F5078F33-C551-11D3-89B9-0000F81FE221": "MSXML2.FreeThreadedDOMDocument.3.0",
  "88D96A05-F192-11D4-A65F-0040963251E5": "MSXML2.DOMDocument.6.0",
  "88D96A06-F192-11D4-A65F-0040963251E5": "MSXML2.FreeThreadedDOMDocument.6.0",
  "2933BF94-7B36-11D2-B20E-00C04F983E60": "MSXML2.XSLTemplate",
  "F5078F36-C551-11D3-89B9-0000F81FE221": "MSXML2.XSLTemplate.3.0",
  "88D96A08-F192-11D4-A65F-0040963251E5": "MSXML2.XSLTemplate.6.0",
  "ED8C108E-4349-11D2-91A4-00C04F7969E8": "Microsoft.XMLHTTP",
  "F6D90F16-9C73-11D3-B32E-00C04F990BB4": "MSXML2.XMLHTTP",
  "F5078F35-C551-11D3-89B9-0000F81FE221": "MSXML2.XMLHTTP.3.0",
  "88D96A0A-F192-11D4-A65F-0040963251E5": "MSXML2.XMLHTTP.6.0",
  "AFBA6B42-5692-48EA-8141-DC517DCF0EF1": "MSXML2.ServerXMLHTTP",
  "AFB40FFD-B609-40A3-9828-F88BBE11E4E3": "MSXML2.ServerXMLHTTP.3.0",
  "88D96A0B-F192-11D4-A65F-0040963251E5": "MSXML2.ServerXMLHTTP.6.0",
  "2087C2F4-2CEF-4953-A8AB-66779B670495": "WinHttp.WinHttpRequest.5.1",
  "2735412E-7F64-5B0F-8F00-5D77AFBE261E": "IMAPI2.MsftDiscMaster2",
  "2735412D-7F64-5B0F-8F00-5D77AFBE261E": "IMAPI2.MsftDiscRecorder2",
  "2735412A-7F64-5B0F-8F00-5D77AFBE261E": "IMAPI2.MsftDiscFormat2Data",
  "2735412B-7F64-5B0F-8F00-5D77AFBE261E": "IMAPI2.MsftDiscFormat2Erase",
  "2C941FC5-975B-59BE-A960-9A2A262853A5": "IMAPI2FS.MsftFileSystemImage",
};

/** The ProgID of a CLSID, with or without `clsid:` and braces; undefined when it is not known, or no CLSID. */
export function progIdOfClass(classId: string): string | undefined {
  const guid = /^\s*(?:clsid:)?\s*\{?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\}?\s*$/i.exec(classId)?.[1];
  return guid === undefined ? undefined : PROG_IDS[guid.toUpperCase()];
}
