//! Linux: SG_IO on /dev/srN, by system calls alone, so that one file serves glibc and musl.
const std = @import("std");
const linux = std.os.linux;
const abi = @import("abi.zig");

/// sg_io_hdr of <scsi/sg.h>, version 3, on a 64-bit system.
const SgIoHdr = extern struct {
    interface_id: i32 = 'S',
    direction: i32,
    cmd_len: u8,
    max_sense_len: u8,
    iovec_count: u16 = 0,
    data_len: u32,
    data: ?[*]u8,
    cdb: *const [16]u8,
    sense: *[96]u8,
    timeout_ms: u32,
    flags: u32 = 0,
    pack_id: i32 = 0,
    user: ?*anyopaque = null,
    status: u8 = 0,
    masked_status: u8 = 0,
    message_status: u8 = 0,
    sense_len: u8 = 0,
    host_status: u16 = 0,
    driver_status: u16 = 0,
    residual: i32 = 0,
    duration_ms: u32 = 0,
    info: u32 = 0,
};

comptime {
    std.debug.assert(@sizeOf(SgIoHdr) == 88);
    std.debug.assert(@offsetOf(SgIoHdr, "cdb") == 24);
    std.debug.assert(@offsetOf(SgIoHdr, "status") == 64);
    std.debug.assert(@offsetOf(SgIoHdr, "duration_ms") == 76);
}

const SG_IO = 0x2285;
const SG_GET_VERSION_NUM = 0x2282;
const BLKSECTGET = 0x1267;

pub const Device = struct {
    fd: i32 = -1,
    flags: u32 = 0,
    /// Kept for `claim`, which has to open again: O_EXCL is a matter of opening.
    path: [256]u8 = @splat(0),

    pub fn open(device: *Device, path: [*:0]const u8, flags: u32, os_error: *i32) ?abi.Failure {
        const name = std.mem.span(path);
        if (name.len >= device.path.len) return .bad_argument;
        @memcpy(device.path[0..name.len], name);
        device.flags = flags;
        const fd = openFile(path, flags);
        if (fd < 0) {
            os_error.* = -fd;
            return failureOf(-fd);
        }
        // Anything may be opened; only what speaks SG_IO knows its version.
        var sg_version: i32 = 0;
        if (errorOf(linux.ioctl(fd, SG_GET_VERSION_NUM, @intFromPtr(&sg_version)))) |number| {
            _ = linux.close(fd);
            os_error.* = number;
            return .not_a_drive;
        }
        device.fd = fd;
        return null;
    }

    pub fn close(device: *Device) void {
        _ = linux.close(device.fd);
        device.fd = -1;
    }

    pub fn limits(device: *Device) abi.Limits {
        // On a block device the kernel writes 16 bits (sectors of 512 bytes), on /dev/sgN an int (bytes).
        var value: u32 = 0;
        if (errorOf(linux.ioctl(device.fd, BLKSECTGET, @intFromPtr(&value))) != null) value = 0;
        const is_sg = std.mem.startsWith(u8, &device.path, "/dev/sg");
        return .{ .max_transfer = if (is_sg) value else value * 512, .alignment = 1 };
    }

    pub fn exec(device: *Device, request: *align(1) abi.Request, data: []u8) void {
        var cdb = request.cdb;
        var sense: [96]u8 = @splat(0);
        var header = SgIoHdr{
            .direction = switch (@as(abi.Direction, @enumFromInt(request.direction))) {
                .in => -3,
                .out => -2,
                else => -1,
            },
            .cmd_len = @intCast(request.cdb_len),
            .max_sense_len = sense.len,
            .data_len = @intCast(data.len),
            .data = if (data.len > 0) data.ptr else null,
            .cdb = &cdb,
            .sense = &sense,
            .timeout_ms = request.timeout_ms,
        };
        if (errorOf(linux.ioctl(device.fd, SG_IO, @intFromPtr(&header)))) |number| {
            request.os_error = number;
            request.transport = @intFromEnum(transportOfErrno(number));
            return;
        }
        request.status = header.status;
        request.sense_len = @min(header.sense_len, sense.len);
        request.sense = sense;
        request.residual = if (header.residual > 0) @intCast(header.residual) else 0;
        request.duration_ms = header.duration_ms;
        request.host_status = header.host_status;
        request.transport = @intFromEnum(transportOf(&header));
    }

    /// Opens again with or without O_EXCL and lets the old descriptor go. The kernel does not tell who holds a drive.
    pub fn claim(device: *Device, flags: u32, _: ?*abi.Name, os_error: *i32) ?abi.Failure {
        const wanted = switch (flags & ~abi.claim_force) {
            abi.claim_lock => device.flags | abi.open_exclusive,
            abi.claim_release => device.flags & ~abi.open_exclusive,
            abi.claim_owner => return .unsupported,
            else => return .bad_argument,
        };
        if (wanted == device.flags) return null;
        const path: [*:0]const u8 = @ptrCast(&device.path);
        const fd = openFile(path, wanted);
        if (fd < 0) {
            os_error.* = -fd;
            return failureOf(-fd);
        }
        _ = linux.close(device.fd);
        device.fd = fd;
        device.flags = wanted;
        return null;
    }
};

/// systemd-inhibit does this, from outside.
pub fn awake(_: bool) ?abi.Failure {
    return .unsupported;
}

/// O_NONBLOCK keeps the kernel from closing the tray and reading the capacity. O_EXCL fails while the disc is mounted,
/// and keeps mounts and other users of O_EXCL out.
fn openFile(path: [*:0]const u8, flags: u32) i32 {
    const result = linux.open(path, .{
        .ACCMODE = if (flags & abi.open_read_only != 0) .RDONLY else .RDWR,
        .NONBLOCK = true,
        .CLOEXEC = true,
        .EXCL = flags & abi.open_exclusive != 0,
    }, 0);
    return if (errorOf(result)) |number| -number else @intCast(result);
}

fn errorOf(result: usize) ?i32 {
    const value: isize = @bitCast(result);
    return if (value < 0 and value > -4096) @intCast(-value) else null;
}

fn failureOf(number: i32) abi.Failure {
    return switch (@as(linux.E, @enumFromInt(number))) {
        .NOENT, .NXIO, .NODEV => .not_found,
        .BUSY => .busy,
        .ACCES, .PERM, .ROFS => .denied,
        .NOTTY, .INVAL, .ISDIR => .not_a_drive,
        else => .failed,
    };
}

fn transportOfErrno(number: i32) abi.Transport {
    return switch (@as(linux.E, @enumFromInt(number))) {
        .ACCES, .PERM => .denied,
        .NODEV, .NXIO => .gone,
        .TIMEDOUT => .timeout,
        .INTR => .aborted,
        else => .refused,
    };
}

/// host_status and the low half of driver_status, as in the kernel's scsi_status.h. driver_status 8 only says that sense
/// data came, and a drive that explained itself was reached.
fn transportOf(header: *const SgIoHdr) abi.Transport {
    if (header.status == 0x02 and header.sense_len > 0) return .ok;
    switch (header.host_status) {
        0 => {},
        1, 4 => return .gone,
        3 => return .timeout,
        8 => return .reset,
        else => return .aborted,
    }
    return switch (header.driver_status & 0x0F) {
        0, 8 => .ok,
        6 => .timeout,
        else => .aborted,
    };
}

pub fn list(text: *abi.Text) void {
    for (0..256) |number| listOne(text, number);
}

fn listOne(text: *abi.Text, number: usize) void {
    var name_buffer: [8]u8 = undefined;
    const name = srName(&name_buffer, number);
    var kind: [16]u8 = undefined;
    // SCSI peripheral device type 5: CD/DVD device.
    if (!std.mem.eql(u8, abi.trim(attribute(&kind, name, "/device/type")), "5")) return;

    var path_buffer: [16]u8 = undefined;
    var path = Path{ .bytes = &path_buffer };
    path.add("/dev/");
    path.add(name);
    text.field(path.slice());
    var buffer: [512]u8 = undefined;
    text.field(attribute(&buffer, name, "/device/vendor"));
    text.field(attribute(&buffer, name, "/device/model"));
    text.field(attribute(&buffer, name, "/device/rev"));

    var place_buffer: [512]u8 = undefined;
    const place = placeOf(&place_buffer, name);
    text.field(busOf(place));
    const wwid = abi.trim(attribute(&buffer, name, "/device/wwid"));
    // Without an identifier of its own a drive is known by where it is plugged in.
    text.field(if (wwid.len > 0) wwid else place);
    listMounts(text, path.slice());
    text.raw("\t\n");
}

fn srName(buffer: *[8]u8, number: usize) []const u8 {
    var path = Path{ .bytes = buffer };
    path.add("sr");
    var digits: [3]u8 = undefined;
    var start: usize = digits.len;
    var rest = number;
    while (start == digits.len or rest > 0) : (rest /= 10) {
        start -= 1;
        digits[start] = '0' + @as(u8, @intCast(rest % 10));
    }
    path.add(digits[start..]);
    return path.slice();
}

/// Reads a file of a drive's folder in sysfs; empty where there is none.
fn attribute(buffer: []u8, name: []const u8, file: []const u8) []const u8 {
    var path_buffer: [64]u8 = undefined;
    var path = Path{ .bytes = &path_buffer };
    path.add("/sys/class/block/");
    path.add(name);
    path.add(file);
    return readFile(path.sentinel(), buffer);
}

/// Where sysfs has the drive: `../../devices/pci0000:00/…/ata2/host1/target1:0:0/1:0:0:0/block/sr0`, from `devices/` on and
/// without what follows the SCSI address.
fn placeOf(buffer: []u8, name: []const u8) []const u8 {
    var path_buffer: [64]u8 = undefined;
    var path = Path{ .bytes = &path_buffer };
    path.add("/sys/class/block/");
    path.add(name);
    const result = linux.readlink(path.sentinel(), buffer.ptr, buffer.len);
    if (errorOf(result) != null) return "";
    var place: []const u8 = buffer[0..result];
    if (std.mem.indexOf(u8, place, "devices/")) |start| place = place[start..];
    if (std.mem.lastIndexOf(u8, place, "/block/")) |end| place = place[0..end];
    return place;
}

fn busOf(place: []const u8) []const u8 {
    // Ordered from the outside in: a USB drive's path also has a host.
    const table = [_]struct { part: []const u8, bus: []const u8 }{
        .{ .part = "/usb", .bus = "usb" },
        .{ .part = "/ata", .bus = "sata" },
        .{ .part = "/session", .bus = "iscsi" },
        .{ .part = "/virtio", .bus = "virtio" },
    };
    for (table) |row| if (std.mem.indexOf(u8, place, row.part) != null) return row.bus;
    return "scsi";
}

/// Where /proc/self/mounts has the device mounted; its fields are parted by one blank, and octal escapes stand for
/// blanks inside them.
fn listMounts(text: *abi.Text, device: []const u8) void {
    const file = linux.open("/proc/self/mounts", .{ .CLOEXEC = true }, 0);
    if (errorOf(file) != null) return;
    const fd: i32 = @intCast(file);
    defer _ = linux.close(fd);
    var mounts = Mounts{ .device = device };
    var buffer: [4096]u8 = undefined;
    while (true) {
        const count = linux.read(fd, &buffer, buffer.len);
        if (errorOf(count) != null or count == 0) return;
        for (buffer[0..count]) |byte| mounts.step(text, byte);
    }
}

const Mounts = struct {
    device: []const u8,
    field: u32 = 0,
    /// Bytes of the first field that matched so far; none once one did not.
    matched: ?usize = 0,
    found: bool = false,
    escape_digits: u32 = 0,
    escape_value: u8 = 0,

    fn step(mounts: *Mounts, text: *abi.Text, byte: u8) void {
        if (byte == '\n') {
            mounts.* = .{ .device = mounts.device, .found = mounts.found };
            return;
        }
        if (byte == ' ') {
            mounts.field += 1;
            if (mounts.field == 1 and mounts.isOurs()) {
                if (mounts.found) text.byte('|');
                mounts.found = true;
            }
            return;
        }
        if (mounts.field == 0) {
            const at = mounts.matched orelse return;
            const same = at < mounts.device.len and mounts.device[at] == byte;
            mounts.matched = if (same) at + 1 else null;
        } else if (mounts.field == 1 and mounts.isOurs()) {
            mounts.point(text, byte);
        }
    }

    fn isOurs(mounts: *const Mounts) bool {
        return mounts.matched == mounts.device.len;
    }

    fn point(mounts: *Mounts, text: *abi.Text, byte: u8) void {
        if (byte == '\\') {
            mounts.escape_digits = 3;
            mounts.escape_value = 0;
        } else if (mounts.escape_digits > 0) {
            mounts.escape_value = mounts.escape_value *% 8 +% (byte -% '0');
            mounts.escape_digits -= 1;
            // A tab or a line feed in a name would break the list's own form.
            if (mounts.escape_digits == 0) text.byte(if (mounts.escape_value < ' ') '?' else mounts.escape_value);
        } else {
            text.byte(byte);
        }
    }
};

fn readFile(path: [*:0]const u8, buffer: []u8) []const u8 {
    const file = linux.open(path, .{ .CLOEXEC = true }, 0);
    if (errorOf(file) != null) return "";
    const fd: i32 = @intCast(file);
    defer _ = linux.close(fd);
    const count = linux.read(fd, buffer.ptr, buffer.len);
    return if (errorOf(count) != null) "" else buffer[0..count];
}

/// Puts a short path together; what does not fit is left out, and the file is then not found.
const Path = struct {
    bytes: []u8,
    len: usize = 0,

    fn add(path: *Path, part: []const u8) void {
        const count = @min(part.len, path.bytes.len - 1 - path.len);
        @memcpy(path.bytes[path.len..][0..count], part[0..count]);
        path.len += count;
    }

    fn slice(path: *const Path) []const u8 {
        return path.bytes[0..path.len];
    }

    fn sentinel(path: *Path) [*:0]const u8 {
        path.bytes[path.len] = 0;
        return @ptrCast(path.bytes.ptr);
    }
};

test "transportOf() takes sense data for an answer" {
    var cdb: [16]u8 = @splat(0);
    var sense: [96]u8 = @splat(0);
    const plain = SgIoHdr{
        .direction = -1,
        .cmd_len = 6,
        .max_sense_len = 96,
        .data_len = 0,
        .data = null,
        .cdb = &cdb,
        .sense = &sense,
        .timeout_ms = 0,
    };
    const rows = [_]struct { status: u8 = 0, sense_len: u8 = 0, host: u16 = 0, driver: u16 = 0, expected: abi.Transport }{
        .{ .expected = .ok },
        .{ .status = 2, .sense_len = 18, .driver = 8, .expected = .ok },
        .{ .status = 2, .sense_len = 18, .host = 7, .expected = .ok },
        .{ .host = 1, .expected = .gone },
        .{ .host = 3, .expected = .timeout },
        .{ .host = 8, .expected = .reset },
        .{ .host = 5, .expected = .aborted },
        .{ .driver = 6, .expected = .timeout },
        .{ .driver = 0x26, .expected = .timeout },
    };
    for (rows) |row| {
        var header = plain;
        header.status = row.status;
        header.sense_len = row.sense_len;
        header.host_status = row.host;
        header.driver_status = row.driver;
        try std.testing.expectEqual(row.expected, transportOf(&header));
    }
}

test "srName()" {
    var buffer: [8]u8 = undefined;
    try std.testing.expectEqualStrings("sr0", srName(&buffer, 0));
    try std.testing.expectEqualStrings("sr10", srName(&buffer, 10));
    try std.testing.expectEqualStrings("sr255", srName(&buffer, 255));
}

test "busOf() finds the outermost bus" {
    try std.testing.expectEqualStrings("usb", busOf("devices/pci0/usb2/2-1/host6/target6:0:0/6:0:0:0"));
    try std.testing.expectEqualStrings("sata", busOf("devices/pci0/ata2/host1/target1:0:0/1:0:0:0"));
    try std.testing.expectEqualStrings("scsi", busOf("devices/pci0/host1/target1:0:0/1:0:0:0"));
}

test "Mounts decodes escapes and tells devices apart" {
    const mounts_file = "/dev/sr0 /media/My\\040Disc iso9660 ro 0 0\n/dev/sr01 /b udf ro 0 0\n" ++
        "/dev/sr /c udf ro 0 0\nproc /proc proc rw 0 0\n/dev/sr0 /mnt iso9660 ro 0 0\n";
    var bytes: [64]u8 = undefined;
    var text = abi.Text{ .bytes = &bytes };
    var mounts = Mounts{ .device = "/dev/sr0" };
    for (mounts_file) |byte| mounts.step(&text, byte);
    try std.testing.expectEqualStrings("/media/My Disc|/mnt", bytes[0..text.len]);
}
