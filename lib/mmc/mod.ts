/** SCSI and MMC as data: commands, replies, sense and what it means. Pure. @module */
export * from "./request.ts";
export * from "./bytes.ts";
export * from "./opcode.ts";
export * as cdb from "./cdb.ts";
export * from "./hresult.ts";
export * from "./errors.ts";
export * from "./sense.ts";
export * from "./profiles.ts";
export * from "./inquiry.ts";
export * from "./configuration.ts";
export * from "./disc_information.ts";
export * from "./track_information.ts";
export * from "./toc.ts";
export * from "./capacity.ts";
export * from "./performance.ts";
export * from "./mode_page.ts";
