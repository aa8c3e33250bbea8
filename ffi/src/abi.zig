//! What crosses the boundary. Sizes, offsets and values are ABI: `version` goes up with any change to them.
const std = @import("std");

/// Compared by the bindings when they open the library.
pub const version: u32 = 4;

/// How the transport fared, apart from what the drive said.
pub const Transport = enum(u32) {
    ok = 0,
    timeout = 1,
    gone = 2,
    reset = 3,
    aborted = 4,
    refused = 5,
    denied = 6,
};

/// Which way a command's data goes.
pub const Direction = enum(u32) { none = 0, in = 1, out = 2, _ };

/// What a call gives back when it fails, negated: `-2` is busy. What the system itself said goes to `detail`.
pub const Failure = enum(i32) {
    not_found = 1,
    /// Another program holds the drive, or a volume of it is in use; of a handle: a command is in flight.
    busy = 2,
    denied = 3,
    not_a_drive = 4,
    bad_argument = 5,
    no_free_handle = 6,
    bad_handle = 7,
    unsupported = 8,
    failed = 9,

    pub fn code(failure: Failure) i32 {
        return -@intFromEnum(failure);
    }
};

/// Flags of `bs_open`.
pub const open_exclusive: u32 = 1;
pub const open_read_only: u32 = 2;

/// Flags of `bs_claim`; exactly one of lock, release and owner.
pub const claim_lock: u32 = 1;
pub const claim_release: u32 = 2;
pub const claim_owner: u32 = 4;
/// With lock, on Windows: do not insist that the volume be dismounted.
pub const claim_force: u32 = 8;

/// Name of whoever holds a drive: NUL-padded; Windows admits letters, digits, blanks and `.,:;-_` only.
pub const Name = [64]u8;

/// One command: in are the first 32 bytes, out the rest.
pub const Request = extern struct {
    cdb: [16]u8,
    cdb_len: u32,
    direction: u32,
    timeout_ms: u32,
    data_len: u32,

    /// SCSI status byte, 02h for CHECK CONDITION.
    status: u32,
    transport: u32,
    /// errno, Win32 error or IOReturn where the transport is not `ok`.
    os_error: i32,
    /// Bytes of `data_len` that were not transferred.
    residual: u32,
    sense_len: u32,
    /// Zero where the system does not measure it.
    duration_ms: u32,
    /// What the host adapter said (Linux host_status, macOS task status); for error texts.
    host_status: u32,
    reserved: u32,
    sense: [96]u8,
};

/// What a handle can take.
pub const Limits = extern struct {
    /// The most bytes that one command may carry; zero when the system does not say.
    max_transfer: u32,
    /// A power of two; buffers aligned to less are copied.
    alignment: u32,
};

/// One entry of a folder; its name follows, and so much that the next entry starts at a multiple of 8.
pub const FolderEntry = extern struct {
    size: f64,
    /// Milliseconds since 1970, rounded down.
    modified_ms: f64,
    /// Not a number where the file system does not keep it.
    created_ms: f64,
    accessed_ms: f64,
    inode: f64,
    device: f64,
    /// Type and permissions, as stat(2) has them.
    mode: u32,
    uid: u32,
    gid: u32,
    links: u32,
    /// What the system said if it told nothing of the entry; the numbers are then 0.
    os_error: u32,
    name_length: u32,
};

/// What a folder itself tells of an entry, as a letter; where that is nothing, the entry has to be asked.
pub const Kind = enum(u8) { directory = 'd', file = 'f', link = 'l', other = 'o', unknown = '?' };

comptime {
    std.debug.assert(@sizeOf(FolderEntry) == 72);
    std.debug.assert(@offsetOf(FolderEntry, "mode") == 48);
    std.debug.assert(@sizeOf(Request) == 160);
    std.debug.assert(@offsetOf(Request, "status") == 32);
    std.debug.assert(@offsetOf(Request, "sense") == 64);
    std.debug.assert(@sizeOf(Limits) == 8);
}

/// Appends text to a caller's buffer and counts on past its end, so that the caller learns the size to come back with.
pub const Text = struct {
    bytes: []u8,
    len: usize = 0,

    pub fn byte(text: *Text, value: u8) void {
        if (text.len < text.bytes.len) text.bytes[text.len] = value;
        text.len += 1;
    }

    pub fn raw(text: *Text, value: []const u8) void {
        for (value) |b| text.byte(b);
    }

    /// One field of a line: blanks at its ends go, and what would end the field becomes a blank.
    pub fn field(text: *Text, value: []const u8) void {
        for (trim(value)) |b| text.byte(if (b < 0x20 or b == 0x7F) ' ' else b);
        text.byte('\t');
    }
};

/// Cuts NULs, blanks and control characters off both ends.
pub fn trim(value: []const u8) []const u8 {
    var start: usize = 0;
    var end = value.len;
    while (start < end and value[start] <= ' ') start += 1;
    while (end > start and value[end - 1] <= ' ') end -= 1;
    return value[start..end];
}

/// What to look for after a command: a PREVENT ALLOW MEDIUM REMOVAL (SPC-3, 1Eh) locks or unlocks the tray. Bit 1 is
/// the persistent kind (MMC-5 6.14), which is not ours to undo.
pub fn trayLock(request: *align(1) const Request) ?bool {
    if (request.cdb[0] != 0x1E or request.status != 0) return null;
    if (request.transport != @intFromEnum(Transport.ok) or request.cdb[4] & 2 != 0) return null;
    return request.cdb[4] & 1 != 0;
}

/// The command that unlocks the tray again.
pub fn allowRemoval() Request {
    var request = std.mem.zeroes(Request);
    request.cdb[0] = 0x1E;
    request.cdb_len = 6;
    request.timeout_ms = 10_000;
    return request;
}

test "Text counts past its end" {
    var bytes: [4]u8 = undefined;
    var text = Text{ .bytes = &bytes };
    text.field("  ab\tc \x00");
    try std.testing.expectEqual(@as(usize, 5), text.len);
    try std.testing.expectEqualStrings("ab c", &bytes);
}

test "trayLock() follows only commands that went well" {
    var request = allowRemoval();
    try std.testing.expectEqual(@as(?bool, false), trayLock(&request));
    request.cdb[4] = 1;
    try std.testing.expectEqual(@as(?bool, true), trayLock(&request));
    request.status = 2;
    try std.testing.expectEqual(@as(?bool, null), trayLock(&request));
    request.status = 0;
    request.cdb[4] = 3;
    try std.testing.expectEqual(@as(?bool, null), trayLock(&request));
}
