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

/// Writes an `abi.FolderEntry` and a name for everything in a folder, as far as they fit; returns the size of all.
pub fn list(path: [*:0]const u8, out: []align(1) u8, os_error: *i32) union(enum) { failure: abi.Failure, size: usize } {
    if (!is_here) return .{ .failure = .unsupported };
    const fd = openFile(path, .{ .DIRECTORY = true, .CLOEXEC = true }, os_error) orelse return .{ .failure = .failed };
    defer _ = linux.close(fd);
    var size: usize = 0;
    var buffer: [32 * 1024]u8 align(8) = undefined;
    while (true) {
        const count = linux.getdents64(fd, &buffer, buffer.len);
        if (errorOf(count)) |number| {
            os_error.* = number;
            return .{ .failure = .failed };
        }
        if (count == 0) return .{ .size = size };
        var at: usize = 0;
        while (at < count) {
            const entry: *align(1) linux.dirent64 = @ptrCast(&buffer[at]);
            const name: [*:0]const u8 = @ptrCast(&buffer[at + @offsetOf(linux.dirent64, "name")]);
            at += entry.reclen;
            const text = std.mem.span(name);
            if (std.mem.eql(u8, text, ".") or std.mem.eql(u8, text, "..")) continue;
            const start = size;
            size += std.mem.alignForward(usize, @sizeOf(abi.FolderEntry) + text.len, 8);
            if (size > out.len) continue; // the rest is only counted
            const header: *align(1) abi.FolderEntry = @ptrCast(out[start..].ptr);
            header.* = inspect(fd, name);
            header.name_length = @intCast(text.len);
            @memcpy(out[start + @sizeOf(abi.FolderEntry) ..][0..text.len], text);
        }
    }
}

fn inspect(folder: i32, name: [*:0]const u8) abi.FolderEntry {
    var entry = std.mem.zeroes(abi.FolderEntry);
    var found: linux.Statx = undefined;
    const mask = linux.STATX_BASIC_STATS | linux.STATX_BTIME;
    if (errorOf(linux.statx(folder, name, linux.AT.SYMLINK_NOFOLLOW, mask, &found))) |number| {
        entry.os_error = @intCast(number);
        return entry;
    }
    entry.size = @floatFromInt(found.size);
    entry.modified_ms = milliseconds(found.mtime);
    entry.created_ms = if (found.mask & linux.STATX_BTIME != 0) milliseconds(found.btime) else std.math.nan(f64);
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

/// Copies bytes between files inside the kernel, which shares blocks where the file system can; stops early at the source's
/// end.
pub fn copy(request: *Copy, os_error: *i32) ?abi.Failure {
    if (!is_here) return .unsupported;
    const from = openFile(request.source, .{ .NONBLOCK = true, .CLOEXEC = true }, os_error) orelse return .failed;
    defer _ = linux.close(from);
    const to = openFile(request.target, .{ .ACCMODE = .WRONLY, .CLOEXEC = true }, os_error) orelse return .failed;
    defer _ = linux.close(to);
    var source_offset: i64 = @intCast(request.source_offset);
    var target_offset: i64 = @intCast(request.target_offset);
    while (request.copied < request.length) {
        const left = @min(request.length - request.copied, 1 << 30);
        const count = linux.copy_file_range(from, &source_offset, to, &target_offset, @intCast(left), 0);
        if (errorOf(count)) |number| {
            os_error.* = number;
            return switch (@as(linux.E, @enumFromInt(number))) {
                .INTR => continue,
                // Two file systems, or one that cannot: bytes have to be read and written.
                .XDEV, .INVAL, .NOSYS, .OPNOTSUPP, .PERM, .BADF => .unsupported,
                else => .failed,
            };
        }
        if (count == 0) break;
        request.copied += count;
    }
    return null;
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
