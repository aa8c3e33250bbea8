/** The serial number of a drive, where Linux knows it: no command is sent to the drive for it. @module */
import { systemBytes, systemRealPath, systemStat, systemText } from "./system_files.ts";

/** Undefined where it is not known. */
export function driveSerialNumber(device: string): string | undefined {
  const folder = `/sys/class/block/${device.replace(/^\/dev\//, "")}`;
  const page = systemBytes(`${folder}/device/vpd_pg80`);
  const serial = (page && serialOfVitalProductData(page)) ||
    serialOfUdev(systemText(`/run/udev/data/b${systemText(`${folder}/dev`)}`) ?? "") ||
    usbSerial(systemRealPath(`${folder}/device`) ?? "");
  return serial === "" ? undefined : serial;
}

/** The unit serial number page (SPC-3 7.6.10): a length of 16 bits at byte 2, then ASCII. */
export function serialOfVitalProductData(page: Uint8Array): string {
  const length = (page[2] ?? 0) << 8 | (page[3] ?? 0);
  return String.fromCharCode(...page.subarray(4, 4 + length)).replaceAll("\0", "").trim();
}

/** What udev found out: it asks ATA drives by IDENTIFY PACKET DEVICE, which the kernel does not show. */
export function serialOfUdev(text: string): string | undefined {
  return /^E:ID_SERIAL_SHORT=(.+)$/m.exec(text)?.[1]?.trim();
}

/** The USB device is some folders above the drive; no other has a vendor in this form. */
function usbSerial(place: string): string | undefined {
  for (let folder = place; folder.startsWith("/sys/devices/"); folder = folder.replace(/\/[^/]*$/, "")) {
    if (systemStat(`${folder}/idVendor`) !== undefined) return systemText(`${folder}/serial`);
  }
  return undefined;
}
