//! Files of folders that become images, where the system has a shorter way than one call for each step: Linux. Nothing
//! stays open between calls.
const std = @import("std");
const builtin = @import("builtin");
const linux = std.os.linux;
const abi = @import("abi.zig");

const is_here = builtin.os.tag == .linux;

/// What `copy` was asked and did.
pub const Copy = struct {
    source: [*:0]const u8,
    source_offset: u64,
    target: [*:0]const u8,
    target_offset: u64,
    length: u64,
    copied: u64 = 0,
};

/// What became of a listing: `size` is that of the whole, whether it had room or not.
pub const Listing = union(enum) { failure: abi.Failure, size: usize };

/// Writes an `abi.FolderEntry` and a name for everything in a folder, as far as they fit.
pub fn list(path: [*:0]const u8, out: []align(1) u8, os_error: *i32) Listing {
    var size: usize = 0;
    var folder = Folder.open(path, os_error) orelse return failed();
    defer folder.close();
    while (folder.next(os_error)) |entry| {
        const name = std.mem.span(entry.name);
        const start = size;
        size += std.mem.alignForward(usize, @sizeOf(abi.FolderEntry) + name.len, 8);
        if (size > out.len) continue; // the rest is only counted
        const header: *align(1) abi.FolderEntry = @ptrCast(out[start..].ptr);
        header.* = statx(folder.fd, entry.name, linux.AT.SYMLINK_NOFOLLOW);
        header.name_length = @intCast(name.len);
        @memcpy(out[start + @sizeOf(abi.FolderEntry) ..][0..name.len], name);
    }
    return if (folder.is_whole) .{ .size = size } else failed();
}

/// Writes an `abi.Kind`, the name and NUL for everything in a folder, as far as they fit; asks about no entry.
pub fn listNames(path: [*:0]const u8, out: []u8, os_error: *i32) Listing {
    var size: usize = 0;
    var folder = Folder.open(path, os_error) orelse return failed();
    defer folder.close();
    while (folder.next(os_error)) |entry| {
        const name = std.mem.span(entry.name);
        const start = size;
        size += name.len + 2;
        if (size > out.len) continue; // the rest is only counted
        out[start] = @intFromEnum(entry.kind);
        @memcpy(out[start + 1 ..][0..name.len], name);
        out[size - 1] = 0;
    }
    return if (folder.is_whole) .{ .size = size } else failed();
}

/// Tells what a path leads to, links followed.
pub fn inspect(path: [*:0]const u8, out: *align(1) abi.FolderEntry, os_error: *i32) ?abi.Failure {
    if (!is_here) return .unsupported;
    out.* = statx(linux.AT.FDCWD, path, 0);
    if (out.os_error == 0) return null;
    os_error.* = @intCast(out.os_error);
    return .failed;
}

fn failed() Listing {
    return .{ .failure = if (is_here) .failed else .unsupported };
}

/// The entries of an open folder, one after the other.
const Folder = struct {
    fd: i32,
    buffer: [32 * 1024]u8 align(8) = undefined,
    at: usize = 0,
    filled: usize = 0,
    /// Whether the end was reached; otherwise the system said why not.
    is_whole: bool = false,

    const Entry = struct { name: [*:0]const u8, kind: abi.Kind };

    fn open(path: [*:0]const u8, os_error: *i32) ?Folder {
        if (!is_here) return null;
        const fd = openFile(path, .{ .DIRECTORY = true, .CLOEXEC = true }, os_error) orelse return null;
        return .{ .fd = fd };
    }

    fn close(folder: *Folder) void {
        _ = linux.close(folder.fd);
    }

    fn next(folder: *Folder, os_error: *i32) ?Entry {
        while (true) {
            if (folder.at == folder.filled) {
                const count = linux.getdents64(folder.fd, &folder.buffer, folder.buffer.len);
                if (errorOf(count)) |number| {
                    os_error.* = number;
                    return null;
                }
                folder.is_whole = count == 0;
                if (count == 0) return null;
                folder.at = 0;
                folder.filled = count;
            }
            const entry: *align(1) linux.dirent64 = @ptrCast(&folder.buffer[folder.at]);
            const name: [*:0]const u8 = @ptrCast(&folder.buffer[folder.at + @offsetOf(linux.dirent64, "name")]);
            folder.at += entry.reclen;
            if (name[0] == '.' and (name[1] == 0 or (name[1] == '.' and name[2] == 0))) continue;
            return .{ .name = name, .kind = switch (entry.type) {
                linux.DT.DIR => .directory,
                linux.DT.REG => .file,
                linux.DT.LNK => .link,
                linux.DT.UNKNOWN => .unknown,
                else => .other,
            } };
        }
    }
};

fn statx(folder: i32, name: [*:0]const u8, flags: u32) abi.FolderEntry {
    var entry = std.mem.zeroes(abi.FolderEntry);
    var found: linux.Statx = undefined;
    const mask = linux.STATX_BASIC_STATS | linux.STATX_BTIME;
    if (errorOf(linux.statx(folder, name, flags, mask, &found))) |number| {
        entry.os_error = @intCast(number);
        return entry;
    }
    entry.size = @floatFromInt(found.size);
    entry.modified_ms = milliseconds(found.mtime);
    entry.created_ms = if (found.mask & linux.STATX_BTIME != 0) milliseconds(found.btime) else std.math.nan(f64);
    entry.accessed_ms = milliseconds(found.atime);
    entry.inode = @floatFromInt(found.ino);
    entry.device = @floatFromInt(deviceOf(found.dev_major, found.dev_minor));
    entry.mode = found.mode;
    entry.uid = found.uid;
    entry.gid = found.gid;
    entry.links = found.nlink;
    return entry;
}

fn milliseconds(time: linux.statx_timestamp) f64 {
    return @floatFromInt(time.sec *% 1000 +% time.nsec / 1_000_000);
}

/// As stat(2) puts both numbers into one.
fn deviceOf(major: u64, minor: u64) u64 {
    return (major & 0xFFF) << 8 | (major & ~@as(u64, 0xFFF)) << 32 | (minor & 0xFF) | (minor & ~@as(u64, 0xFF)) << 12;
}

/// The next bytes from `offset` on that are not a hole: start and end; both are the file's size when there are none.
pub fn findData(path: [*:0]const u8, offset: u64, range: *align(1) [2]u64, os_error: *i32) ?abi.Failure {
    if (!is_here) return .unsupported;
    const seek_end = 2;
    const seek_data = 3;
    const seek_hole = 4;
    // Not waiting for a pipe that took the file's place.
    const fd = openFile(path, .{ .NONBLOCK = true, .CLOEXEC = true }, os_error) orelse return .failed;
    defer _ = linux.close(fd);
    const start = linux.lseek(fd, @intCast(offset), seek_data);
    if (errorOf(start)) |number| {
        if (number == @intFromEnum(linux.E.NXIO)) {
            const end = linux.lseek(fd, 0, seek_end);
            if (errorOf(end) == null) {
                range.* = .{ end, end };
                return null;
            }
        }
        os_error.* = number;
        return .failed;
    }
    const end = linux.lseek(fd, @intCast(start), seek_hole);
    if (errorOf(end)) |number| {
        os_error.* = number;
        return .failed;
    }
    range.* = .{ start, end };
    return null;
}

/// Copies bytes between files without showing them to the caller; where the file system can, both then share the blocks.
/// Stops early at the source's end.
pub fn copy(request: *Copy, os_error: *i32) ?abi.Failure {
    if (!is_here) return .unsupported;
    const from = openFile(request.source, .{ .NONBLOCK = true, .CLOEXEC = true }, os_error) orelse return .failed;
    defer _ = linux.close(from);
    const to = openFile(request.target, .{ .ACCMODE = .WRONLY, .CLOEXEC = true }, os_error) orelse return .failed;
    defer _ = linux.close(to);
    if (share(from, to, request)) {
        request.copied = request.length;
        return null;
    }
    // File systems look for room once then, and not for each page. What cannot be had, writing will say.
    const keep_size = 1;
    _ = linux.fallocate(to, keep_size, @intCast(request.target_offset), @intCast(request.length));
    return copyThrough(from, to, request, os_error);
}

/// Lets both files have the same blocks, where the file system can (XFS, Btrfs) and the offsets are those of blocks.
fn share(from: i32, to: i32, request: *const Copy) bool {
    const FICLONERANGE = 0x4020940D;
    const Range = extern struct { from: i64, from_offset: u64, length: u64, to_offset: u64 };
    const range = Range{
        .from = from,
        .from_offset = request.source_offset,
        .length = request.length,
        .to_offset = request.target_offset,
    };
    // No length means up to the end.
    return request.length > 0 and errorOf(linux.ioctl(to, FICLONERANGE, @intFromPtr(&range))) == null;
}

/// Linux takes memory for its cache in runs as long as what is written at once, and has runs of up to 32 KiB at hand. Longer
/// ones cost several times as much in a virtual machine, whose host has to give them back; copy_file_range makes long ones.
const piece_bytes = 32 * 1024;

/// How much is to be copied next; a piece of the cache lies at a multiple of its size.
fn nextLength(request: *const Copy) usize {
    const left = request.length - request.copied;
    return @intCast(@min(left, piece_bytes - (request.target_offset + request.copied) % piece_bytes));
}

/// Copies through a buffer that stays in the processor's cache.
fn copyThrough(from: i32, to: i32, request: *Copy, os_error: *i32) ?abi.Failure {
    var buffer: [piece_bytes]u8 = undefined;
    while (request.copied < request.length) {
        const wanted = nextLength(request);
        const count = linux.pread(from, &buffer, wanted, @intCast(request.source_offset + request.copied));
        if (errorOf(count)) |number| {
            if (number == @intFromEnum(linux.E.INTR)) continue;
            os_error.* = number;
            return .failed;
        }
        if (count == 0) break;
        var written: usize = 0;
        while (written < count) {
            const place = request.target_offset + request.copied;
            const result = linux.pwrite(to, buffer[written..].ptr, count - written, @intCast(place));
            if (errorOf(result)) |number| {
                if (number == @intFromEnum(linux.E.INTR)) continue;
                os_error.* = number;
                return .failed;
            }
            written += result;
            request.copied += result;
        }
    }
    return null;
}

const sector_bytes = 2048;

/// Reads whole files, each into the next sectors of `target`; what is left of its last one stays as it is. Returns how
/// many, up to the first that cannot be read, has another size than the one that is expected, or has no room.
pub fn readFiles(paths: []const u8, sizes: []align(1) const u32, target: []u8) usize {
    var path_start: usize = 0;
    var start: usize = 0;
    for (sizes, 0..) |size, index| {
        const path_end = std.mem.indexOfScalarPos(u8, paths, path_start, 0) orelse return index;
        const path: [*:0]const u8 = @ptrCast(paths[path_start..].ptr);
        const room = std.mem.alignForward(usize, size, sector_bytes);
        if (room > target.len - start) return index;
        if (!readFile(path, size, target[start..][0..room])) return index;
        path_start = path_end + 1;
        start += room;
    }
    return sizes.len;
}

fn readFile(path: [*:0]const u8, size: usize, room: []u8) bool {
    if (!is_here) return false;
    var os_error: i32 = 0;
    // Not waiting for a pipe that took the file's place.
    const fd = openFile(path, .{ .NONBLOCK = true, .CLOEXEC = true }, &os_error) orelse return false;
    defer _ = linux.close(fd);
    // One byte more than there is room for: a file that grew shows it.
    var behind: [1]u8 = undefined;
    const parts = [_]std.posix.iovec{
        .{ .base = room.ptr, .len = room.len },
        .{ .base = &behind, .len = behind.len },
    };
    return linux.readv(fd, &parts, parts.len) == size;
}

fn openFile(path: [*:0]const u8, flags: linux.O, os_error: *i32) ?i32 {
    const result = linux.open(path, flags, 0);
    if (errorOf(result)) |number| {
        os_error.* = number;
        return null;
    }
    return @intCast(result);
}

fn errorOf(result: usize) ?i32 {
    const value: isize = @bitCast(result);
    return if (value < 0 and value > -4096) @intCast(-value) else null;
}

test "deviceOf() is stat's" {
    try std.testing.expectEqual(@as(u64, 0x803), deviceOf(8, 3));
    try std.testing.expectEqual(@as(u64, 0xFE01), deviceOf(254, 1));
    try std.testing.expectEqual(@as(u64, 0x100F00), deviceOf(15, 256));
}
