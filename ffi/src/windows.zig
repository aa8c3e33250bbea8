//! Windows: SCSI_PASS_THROUGH_DIRECT, with exclusive access as the CD-ROM class driver knows it.
const std = @import("std");
const abi = @import("abi.zig");

pub const awake = @import("windows_awake.zig").awake;

const Handle = *anyopaque;
const invalid_handle = std.math.maxInt(usize);

extern "kernel32" fn CreateFileW([*:0]const u16, u32, u32, ?*anyopaque, u32, u32, ?Handle) callconv(.winapi) ?Handle;
extern "kernel32" fn CloseHandle(Handle) callconv(.winapi) i32;
extern "kernel32" fn DeviceIoControl(
    Handle,
    u32,
    ?*anyopaque,
    u32,
    ?*anyopaque,
    u32,
    *u32,
    ?*anyopaque,
) callconv(.winapi) i32;
extern "kernel32" fn GetLastError() callconv(.winapi) u32;
extern "kernel32" fn GetLogicalDrives() callconv(.winapi) u32;
extern "kernel32" fn GetDriveTypeW([*:0]const u16) callconv(.winapi) u32;
extern "kernel32" fn QueryDosDeviceW([*:0]const u16, [*]u16, u32) callconv(.winapi) u32;
extern "kernel32" fn VirtualAlloc(?*anyopaque, usize, u32, u32) callconv(.winapi) ?[*]u8;
extern "kernel32" fn VirtualFree([*]u8, usize, u32) callconv(.winapi) i32;

/// SCSI_PASS_THROUGH_DIRECT of <ntddscsi.h>.
const PassThrough = extern struct {
    length: u16 = 56,
    status: u8 = 0,
    path_id: u8 = 0,
    target_id: u8 = 0,
    lun: u8 = 0,
    cdb_len: u8,
    sense_len: u8,
    data_in: u8,
    data_len: u32,
    timeout_s: u32,
    data: ?[*]u8,
    sense_offset: u32,
    cdb: [16]u8,
};

/// The sense buffer has to lie in the same allocation, which is input and output as a whole.
const PassThroughWithSense = extern struct {
    command: PassThrough,
    sense: [96]u8,
};

const StorageQuery = extern struct { property: u32, kind: u32 = 0, parameters: u32 = 0 };

/// STORAGE_ADAPTER_DESCRIPTOR, as far as it is of use.
const AdapterDescriptor = extern struct {
    version: u32,
    size: u32,
    max_transfer: u32,
    max_pages: u32,
    alignment_mask: u32,
    rest: [3]u32,
};

/// STORAGE_DEVICE_DESCRIPTOR; the offsets count from its start and point at ASCII with a NUL, 0 where there is none.
const DeviceDescriptor = extern struct {
    version: u32,
    size: u32,
    kind: [4]u8,
    vendor: u32,
    product: u32,
    revision: u32,
    serial: u32,
    bus: u32,
    raw_size: u32,
    strings: [476]u8,
};

/// CDROM_EXCLUSIVE_ACCESS with CDROM_EXCLUSIVE_LOCK's name behind it.
const ExclusiveAccess = extern struct { kind: u32, flags: u32 = 0, name: abi.Name = @splat(0) };

comptime {
    std.debug.assert(@sizeOf(PassThrough) == 56);
    std.debug.assert(@offsetOf(PassThrough, "data") == 24);
    std.debug.assert(@offsetOf(PassThrough, "cdb") == 36);
    std.debug.assert(@sizeOf(PassThroughWithSense) == 152);
    std.debug.assert(@sizeOf(AdapterDescriptor) == 32);
    std.debug.assert(@offsetOf(DeviceDescriptor, "strings") == 36);
    std.debug.assert(@sizeOf(ExclusiveAccess) == 72);
}

const IOCTL_SCSI_PASS_THROUGH_DIRECT = 0x4D014;
const IOCTL_STORAGE_QUERY_PROPERTY = 0x2D1400;
const IOCTL_CDROM_EXCLUSIVE_ACCESS = 0x2C05C;
const IOCTL_MOUNTDEV_QUERY_UNIQUE_ID = 0x4D0000;
const FSCTL_LOCK_VOLUME = 0x90018;
const FSCTL_UNLOCK_VOLUME = 0x9001C;
const FSCTL_DISMOUNT_VOLUME = 0x90020;

const ERROR_INVALID_FUNCTION = 1;
const ERROR_FILE_NOT_FOUND = 2;
const ERROR_PATH_NOT_FOUND = 3;
const ERROR_ACCESS_DENIED = 5;
const ERROR_INVALID_DRIVE = 15;
const ERROR_BAD_UNIT = 20;
const ERROR_SHARING_VIOLATION = 32;
const ERROR_LOCK_VIOLATION = 33;
const ERROR_NOT_SUPPORTED = 50;
const ERROR_DEV_NOT_EXIST = 55;
const ERROR_SEM_TIMEOUT = 121;
const ERROR_INVALID_NAME = 123;
const ERROR_BUSY = 170;
const ERROR_NO_SUCH_DEVICE = 433;
const ERROR_OPERATION_ABORTED = 995;
const ERROR_BUS_RESET = 1111;
const ERROR_IO_DEVICE = 1117;
const ERROR_DEVICE_NOT_CONNECTED = 1167;
const ERROR_REQUEST_ABORTED = 1235;
const ERROR_TIMEOUT = 1460;

const GENERIC_READ: u32 = 0x8000_0000;
const GENERIC_WRITE: u32 = 0x4000_0000;

pub const Device = struct {
    handle: Handle = undefined,
    exclusive: bool = false,
    volume_locked: bool = false,
    alignment_mask: usize = 0,
    bounce: ?[*]u8 = null,
    bounce_size: usize = 0,

    pub fn open(device: *Device, path: [*:0]const u8, flags: u32, os_error: *i32) ?abi.Failure {
        // Any file would open, and only the first command would tell.
        const name = std.mem.span(path);
        if (!std.mem.startsWith(u8, name, "\\\\.\\") and !std.mem.startsWith(u8, name, "\\\\?\\")) return .not_a_drive;
        const access = if (flags & abi.open_read_only != 0) GENERIC_READ else GENERIC_READ | GENERIC_WRITE;
        device.handle = openFile(path, access) orelse {
            os_error.* = lastError();
            return failureOf(os_error.*);
        };
        var adapter: AdapterDescriptor = undefined;
        // Wine answers no storage queries; buffers are then taken as they come.
        device.alignment_mask = if (device.queryAdapter(&adapter)) adapter.alignment_mask else 0;
        if (flags & abi.open_exclusive != 0) {
            if (device.lock(0, null, os_error)) |failure| {
                device.close();
                return failure;
            }
        }
        return null;
    }

    pub fn close(device: *Device) void {
        device.unlock();
        if (device.bounce) |bytes| _ = VirtualFree(bytes, 0, 0x8000);
        device.bounce = null;
        _ = CloseHandle(device.handle);
    }

    pub fn limits(device: *Device) abi.Limits {
        var adapter: AdapterDescriptor = undefined;
        if (!device.queryAdapter(&adapter)) return .{ .max_transfer = 0, .alignment = 1 };
        // A buffer that does not start at a page needs one page more than its size says.
        const pages = if (adapter.max_pages > 1) adapter.max_pages - 1 else 1;
        const by_pages = std.math.mul(u32, pages, 4096) catch std.math.maxInt(u32);
        return .{
            .max_transfer = @min(adapter.max_transfer, by_pages),
            .alignment = adapter.alignment_mask +% 1,
        };
    }

    pub fn exec(device: *Device, request: *align(1) abi.Request, data: []u8) void {
        const direction: abi.Direction = @enumFromInt(request.direction);
        const copied = @intFromPtr(data.ptr) & device.alignment_mask != 0;
        const buffer = if (copied) device.bounceFor(data.len) orelse {
            request.transport = @intFromEnum(abi.Transport.refused);
            request.os_error = lastError();
            return;
        } else data;
        if (copied and direction == .out) @memcpy(buffer, data);

        var packet = PassThroughWithSense{
            .command = .{
                .cdb_len = @intCast(request.cdb_len),
                .sense_len = 96,
                .data_in = switch (direction) {
                    .in => 1,
                    .out => 0,
                    else => 2,
                },
                .data_len = @intCast(data.len),
                .timeout_s = @max(1, (request.timeout_ms +| 999) / 1000),
                .data = if (data.len > 0) buffer.ptr else null,
                .sense_offset = @offsetOf(PassThroughWithSense, "sense"),
                .cdb = request.cdb,
            },
            .sense = @splat(0),
        };
        if (!device.control(IOCTL_SCSI_PASS_THROUGH_DIRECT, &packet, @sizeOf(PassThroughWithSense), @sizeOf(PassThroughWithSense))) {
            request.os_error = lastError();
            request.transport = @intFromEnum(transportOf(request.os_error));
            return;
        }
        if (copied and direction == .in) @memcpy(data, buffer);
        request.status = packet.command.status;
        request.transport = @intFromEnum(abi.Transport.ok);
        request.residual = request.data_len -| packet.command.data_len;
        request.sense = packet.sense;
        // The length that comes back is what the port driver filled, or unchanged: the sense data's own tells better.
        request.sense_len = if (packet.command.status == 0x02 and packet.sense[0] != 0)
            @min(packet.command.sense_len, 96, @as(u32, packet.sense[7]) + 8)
        else
            0;
    }

    pub fn claim(device: *Device, flags: u32, who: ?*abi.Name, os_error: *i32) ?abi.Failure {
        return switch (flags & ~abi.claim_force) {
            abi.claim_lock => device.lock(@intFromBool(flags & abi.claim_force != 0), who, os_error),
            abi.claim_release => {
                device.unlock();
                return null;
            },
            abi.claim_owner => device.owner(who orelse return .bad_argument, os_error),
            else => .bad_argument,
        };
    }

    /// Takes the volume, lets the file system go of it, and asks the class driver to turn others away.
    fn lock(device: *Device, ignore_volume: u32, who: ?*abi.Name, os_error: *i32) ?abi.Failure {
        if (device.exclusive) return null;
        if (ignore_volume == 0) {
            if (device.control(FSCTL_LOCK_VOLUME, null, 0, 0)) {
                device.volume_locked = true;
                _ = device.control(FSCTL_DISMOUNT_VOLUME, null, 0, 0);
            } else {
                os_error.* = lastError();
                // Denied means that a file of it is open; other errors, that there is no volume to lock.
                if (failureOf(os_error.*) == .denied or failureOf(os_error.*) == .busy) return .busy;
                os_error.* = 0;
            }
        }
        var access = ExclusiveAccess{ .kind = 1, .flags = ignore_volume };
        @memcpy(access.name[0.."Burnscript".len], "Burnscript");
        if (who) |name| {
            if (name[0] != 0) access.name = name.*;
        }
        access.name[access.name.len - 1] = 0;
        if (!device.control(IOCTL_CDROM_EXCLUSIVE_ACCESS, &access, @sizeOf(ExclusiveAccess), 0)) {
            os_error.* = lastError();
            switch (os_error.*) {
                // A system without it, wine for one: the volume's lock has to do.
                ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED => {
                    os_error.* = 0;
                    return null;
                },
                else => {
                    device.unlock();
                    return .busy;
                },
            }
        }
        device.exclusive = true;
        return null;
    }

    fn unlock(device: *Device) void {
        if (device.exclusive) {
            var access = ExclusiveAccess{ .kind = 2 };
            _ = device.control(IOCTL_CDROM_EXCLUSIVE_ACCESS, &access, 8, 0);
        }
        if (device.volume_locked) _ = device.control(FSCTL_UNLOCK_VOLUME, null, 0, 0);
        device.exclusive = false;
        device.volume_locked = false;
    }

    /// CDROM_EXCLUSIVE_LOCK_STATE: a byte that says whether it is locked, then the name.
    fn owner(device: *Device, who: *abi.Name, os_error: *i32) ?abi.Failure {
        var access = ExclusiveAccess{ .kind = 0 };
        var state: [65]u8 = @splat(0);
        var returned: u32 = 0;
        who.* = @splat(0);
        const done = DeviceIoControl(device.handle, IOCTL_CDROM_EXCLUSIVE_ACCESS, &access, 8, &state, state.len, &returned, null);
        if (done == 0) {
            os_error.* = lastError();
            return .unsupported;
        }
        if (state[0] != 0) who.* = state[1..].*;
        return null;
    }

    fn bounceFor(device: *Device, size: usize) ?[]u8 {
        if (size > device.bounce_size) {
            if (device.bounce) |bytes| _ = VirtualFree(bytes, 0, 0x8000);
            // Commit and reserve, read and write; pages come aligned to 64 KiB.
            device.bounce = VirtualAlloc(null, size, 0x3000, 0x04);
            device.bounce_size = if (device.bounce != null) size else 0;
        }
        return (device.bounce orelse return null)[0..size];
    }

    fn queryAdapter(device: *Device, adapter: *AdapterDescriptor) bool {
        var query = StorageQuery{ .property = 1 };
        var returned: u32 = 0;
        const done = DeviceIoControl(
            device.handle,
            IOCTL_STORAGE_QUERY_PROPERTY,
            &query,
            @sizeOf(StorageQuery),
            adapter,
            @sizeOf(AdapterDescriptor),
            &returned,
            null,
        );
        return done != 0 and returned >= 20 and adapter.alignment_mask < 4096;
    }

    fn control(device: *Device, code: u32, packet: ?*anyopaque, in_len: u32, out_len: u32) bool {
        var returned: u32 = 0;
        return DeviceIoControl(device.handle, code, packet, in_len, packet, out_len, &returned, null) != 0;
    }
};

/// Drives are \\.\CdRomN, with or without a letter; those with one are listed by it, as people know them.
pub fn list(text: *abi.Text) void {
    var letters_left = cdromLetters();
    for (0..64) |number| {
        var name_buffer: [8:0]u16 = @splat(0);
        cdromName(&name_buffer, number);
        var target: [128]u16 = undefined;
        const target_len = QueryDosDeviceW(&name_buffer, &target, target.len);
        if (target_len == 0) continue;
        const letter = letterOf(letters_left, target[0..firstString(&target, target_len)]);
        if (letter) |value| {
            letters_left &= ~(@as(u32, 1) << @intCast(value - 'A'));
            listLetter(text, value);
        } else {
            var path: [16:0]u8 = @splat(0);
            @memcpy(path[0..4], "\\\\.\\");
            var at: usize = 4;
            for (name_buffer) |unit| {
                if (unit == 0) break;
                path[at] = @intCast(unit);
                at += 1;
            }
            listOne(text, path[0..at :0], null);
        }
    }
    // Systems that name their drives otherwise.
    for (0..26) |index| {
        if (letters_left >> @intCast(index) & 1 != 0) listLetter(text, 'A' + @as(u8, @intCast(index)));
    }
}

fn listLetter(text: *abi.Text, letter: u8) void {
    const path = [_:0]u8{ '\\', '\\', '.', '\\', letter, ':' };
    listOne(text, &path, letter);
}

fn listOne(text: *abi.Text, path: [:0]const u8, letter: ?u8) void {
    text.field(path);
    listIdentity(text, path);
    if (letter) |value| text.raw(&.{ value, ':', '\\' });
    text.raw("\t\n");
}

/// Vendor, product, revision, bus and unique id. Asking for no access at all is enough for that, and always allowed.
fn listIdentity(text: *abi.Text, path: [:0]const u8) void {
    const handle = openFile(path, 0) orelse {
        text.raw("\t\t\t\t");
        text.field(path);
        return;
    };
    defer _ = CloseHandle(handle);
    var query = StorageQuery{ .property = 0 };
    var descriptor: DeviceDescriptor = std.mem.zeroes(DeviceDescriptor);
    var returned: u32 = 0;
    _ = DeviceIoControl(
        handle,
        IOCTL_STORAGE_QUERY_PROPERTY,
        &query,
        @sizeOf(StorageQuery),
        &descriptor,
        @sizeOf(DeviceDescriptor),
        &returned,
        null,
    );
    const bytes: *const [@sizeOf(DeviceDescriptor)]u8 = @ptrCast(&descriptor);
    text.field(stringAt(bytes, descriptor.vendor));
    text.field(stringAt(bytes, descriptor.product));
    text.field(stringAt(bytes, descriptor.revision));
    text.field(busOf(descriptor.bus));

    // MOUNTDEV_UNIQUE_ID: 16 bits of length, then for a CD drive the name of its device interface, in UTF-16.
    var id: [514]u8 align(2) = @splat(0);
    const known = DeviceIoControl(handle, IOCTL_MOUNTDEV_QUERY_UNIQUE_ID, null, 0, &id, id.len, &returned, null) != 0;
    const length = std.mem.readInt(u16, id[0..2], .little);
    if (!known or length == 0 or length > id.len - 2) return text.field(path);
    const units: []align(2) const u16 = @ptrCast(id[2..][0 .. length & ~@as(u16, 1)]);
    for (units) |unit| text.byte(if (unit > ' ' and unit < 0x7F) @intCast(unit) else '_');
    text.byte('\t');
}

fn stringAt(bytes: []const u8, offset: u32) []const u8 {
    if (offset < 36 or offset >= bytes.len) return "";
    const rest = bytes[offset..];
    return rest[0 .. std.mem.indexOfScalar(u8, rest, 0) orelse rest.len];
}

/// STORAGE_BUS_TYPE.
fn busOf(kind: u32) []const u8 {
    return switch (kind) {
        2, 3 => "ata",
        4 => "1394",
        7 => "usb",
        9 => "iscsi",
        11 => "sata",
        else => "scsi",
    };
}

fn cdromLetters() u32 {
    const drives = GetLogicalDrives();
    var found: u32 = 0;
    for (0..26) |index| {
        const bit = @as(u32, 1) << @intCast(index);
        const root = [_:0]u16{ 'A' + @as(u16, @intCast(index)), ':', '\\' };
        if (drives & bit != 0 and GetDriveTypeW(&root) == 5) found |= bit;
    }
    return found;
}

/// The letter whose device is `target`, such as \Device\CdRom0.
fn letterOf(letters: u32, target: []const u16) ?u8 {
    for (0..26) |index| {
        if (letters >> @intCast(index) & 1 == 0) continue;
        const letter = 'A' + @as(u8, @intCast(index));
        const name = [_:0]u16{ letter, ':' };
        var own: [128]u16 = undefined;
        const own_len = QueryDosDeviceW(&name, &own, own.len);
        if (own_len == 0) continue;
        if (std.mem.eql(u16, own[0..firstString(&own, own_len)], target)) return letter;
    }
    return null;
}

fn firstString(units: []const u16, len: u32) usize {
    const all = units[0..@min(len, units.len)];
    return std.mem.indexOfScalar(u16, all, 0) orelse all.len;
}

fn cdromName(buffer: *[8:0]u16, number: usize) void {
    for ("CdRom", 0..) |byte, index| buffer[index] = byte;
    if (number < 10) {
        buffer[5] = '0' + @as(u16, @intCast(number));
    } else {
        buffer[5] = '0' + @as(u16, @intCast(number / 10));
        buffer[6] = '0' + @as(u16, @intCast(number % 10));
    }
}

/// Device names are ASCII; anything else is not one, and no file is opened for it.
fn openFile(path: [*:0]const u8, access: u32) ?Handle {
    var wide: [260:0]u16 = @splat(0);
    for (std.mem.span(path), 0..) |byte, index| {
        if (index >= wide.len or byte >= 0x80) return null;
        wide[index] = byte;
    }
    // Share reading and writing; open what exists.
    const handle = CreateFileW(&wide, access, 3, null, 3, 0, null) orelse return null;
    return if (@intFromPtr(handle) == invalid_handle) null else handle;
}

fn lastError() i32 {
    return @bitCast(GetLastError());
}

fn failureOf(number: i32) abi.Failure {
    return switch (number) {
        ERROR_FILE_NOT_FOUND,
        ERROR_PATH_NOT_FOUND,
        ERROR_INVALID_DRIVE,
        ERROR_BAD_UNIT,
        ERROR_DEV_NOT_EXIST,
        ERROR_INVALID_NAME,
        ERROR_NO_SUCH_DEVICE,
        ERROR_DEVICE_NOT_CONNECTED,
        => .not_found,
        ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_BUSY => .busy,
        ERROR_ACCESS_DENIED => .denied,
        ERROR_INVALID_FUNCTION => .not_a_drive,
        else => .failed,
    };
}

fn transportOf(number: i32) abi.Transport {
    return switch (number) {
        ERROR_SEM_TIMEOUT, ERROR_TIMEOUT => .timeout,
        ERROR_FILE_NOT_FOUND, ERROR_DEV_NOT_EXIST, ERROR_NO_SUCH_DEVICE, ERROR_DEVICE_NOT_CONNECTED => .gone,
        ERROR_BUS_RESET => .reset,
        ERROR_OPERATION_ABORTED, ERROR_IO_DEVICE, ERROR_REQUEST_ABORTED => .aborted,
        ERROR_ACCESS_DENIED => .denied,
        else => .refused,
    };
}
