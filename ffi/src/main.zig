//! SCSI passthrough behind nine C functions, and six that list folders, look at files, find holes, copy and
//! read files in fewer calls than a script needs. They take only numbers and caller-owned buffers, keep no pointer after they return, allocate nothing that the
//! caller could see, and decide nothing, except that a tray which was locked through a handle is unlocked when the handle
//! goes.
//!
//! What has run: Linux, against an emulated burner behind the kernel's own drivers; Windows, under wine as far as wine goes.
//! The macOS side is written from the headers of its frameworks, and has been compiled only.
const std = @import("std");
const builtin = @import("builtin");
const abi = @import("abi.zig");
const files = @import("files.zig");
const system = switch (builtin.os.tag) {
    .linux => @import("linux.zig"),
    .windows => @import("windows.zig"),
    .macos => @import("macos.zig"),
    else => @compileError("no passthrough for this system"),
};

/// The safety net of a debug build would bring formatting and stack traces: a hundred times the library's own size.
pub const panic = if (builtin.is_test) std.debug.FullPanic(std.debug.defaultPanic) else std.debug.no_panic;

const Table = @import("table.zig").Table(system.Device);
var table: Table = .{};

/// Version of this interface.
export fn bs_abi() u32 {
    return abi.version;
}

/// Lists the recorders that the system knows, without a command to any: UTF-8, a line each, with seven fields that each
/// end in a tab: path, vendor, product, revision, bus, unique id, volumes (parted by `|`).
///
/// Returns the size of the whole list; where that is more than `capacity`, the list was cut: come again.
export fn bs_list(out: ?[*]u8, capacity: u32) i32 {
    var text = abi.Text{ .bytes = if (out) |bytes| bytes[0..capacity] else &.{} };
    system.list(&text);
    return @intCast(@min(text.len, std.math.maxInt(i32)));
}

/// Opens a drive by the path that `bs_list` gave; `path` ends in NUL. Returns a handle above 0, or a negated Failure.
export fn bs_open(path: ?[*:0]const u8, flags: u32, detail: ?*align(1) i32) i32 {
    var os_error: i32 = 0;
    defer if (detail) |out| {
        out.* = os_error;
    };
    const name = path orelse return abi.Failure.bad_argument.code();
    if (name[0] == 0 or flags & ~(abi.open_exclusive | abi.open_read_only) != 0) return abi.Failure.bad_argument.code();
    const held = table.reserve() orelse return abi.Failure.no_free_handle.code();
    held.device().* = .{};
    if (held.device().open(name, flags, &os_error)) |failure| {
        Table.free(held);
        return failure.code();
    }
    table.release(held);
    return held.handle;
}

/// Tells how much one command may carry, and how buffers should be aligned.
export fn bs_limits(handle: i32, out: ?*align(1) abi.Limits) i32 {
    const limits = out orelse return abi.Failure.bad_argument.code();
    switch (table.hold(handle)) {
        .failure => |failure| return failure.code(),
        .held => |held| {
            defer table.release(held);
            limits.* = held.device().limits();
            return 0;
        },
    }
}

/// Executes one command; `data` has at least `request.data_len` bytes. Returns 0 when the command was handed to the
/// system, whatever became of it: the request tells. One handle takes one command at a time (-2, busy).
export fn bs_exec(handle: i32, request_in: ?*align(1) abi.Request, data: ?[*]u8) i32 {
    const request = request_in orelse return abi.Failure.bad_argument.code();
    if (request.cdb_len == 0 or request.cdb_len > request.cdb.len or request.direction > 2) {
        return abi.Failure.bad_argument.code();
    }
    const wants_data = request.direction != @intFromEnum(abi.Direction.none);
    if (wants_data != (request.data_len > 0)) return abi.Failure.bad_argument.code();
    if (wants_data and data == null) return abi.Failure.bad_argument.code();
    switch (table.hold(handle)) {
        .failure => |failure| return failure.code(),
        .held => |held| {
            defer table.release(held);
            clearReply(request);
            held.device().exec(request, if (data) |bytes| bytes[0..request.data_len] else &.{});
            if (abi.trayLock(request)) |locked| held.slot.locked = locked;
            return 0;
        },
    }
}

/// Keeps other programs out (lock), lets them in again (release), or tells who keeps us out (owner, into `who`).
export fn bs_claim(handle: i32, flags: u32, who: ?*abi.Name, detail: ?*align(1) i32) i32 {
    var os_error: i32 = 0;
    defer if (detail) |out| {
        out.* = os_error;
    };
    switch (table.hold(handle)) {
        .failure => |failure| return failure.code(),
        .held => |held| {
            defer table.release(held);
            const failure = held.device().claim(flags, who, &os_error) orelse return 0;
            return failure.code();
        },
    }
}

/// Unlocks what was locked through the handle and closes it; under a command in flight, as soon as that is over.
export fn bs_close(handle: i32) i32 {
    const failure = table.close(handle) orelse return 0;
    return failure.code();
}

/// Closes every handle of this process as `bs_close` does; returns how many. For a supervisor whose worker was killed.
export fn bs_release_all() i32 {
    return table.closeAll();
}

/// Keeps the computer from sleeping (1) or lets it (0). On Windows this holds for the calling thread, and the session is
/// not ended meanwhile.
export fn bs_awake(on: u32) i32 {
    const failure = system.awake(on != 0) orelse return 0;
    return failure.code();
}

/// Lists what is in a folder: an `abi.FolderEntry` and a name each. Returns the size of the whole list; where that is more
/// than `capacity`, the list was cut: come again.
export fn bs_list_folder(path: ?[*:0]const u8, out: ?[*]u8, capacity: u32, detail: ?*align(1) i32) i32 {
    var os_error: i32 = 0;
    defer if (detail) |number| {
        number.* = os_error;
    };
    const name = path orelse return abi.Failure.bad_argument.code();
    switch (files.list(name, if (out) |bytes| bytes[0..capacity] else &.{}, &os_error)) {
        .failure => |failure| return failure.code(),
        .size => |size| return @intCast(@min(size, std.math.maxInt(i32))),
    }
}

/// Lists the names in a folder: an `abi.Kind`, the name and NUL each. Returns what `bs_list_folder` returns.
export fn bs_list_names(path: ?[*:0]const u8, out: ?[*]u8, capacity: u32, detail: ?*align(1) i32) i32 {
    var os_error: i32 = 0;
    defer if (detail) |number| {
        number.* = os_error;
    };
    const name = path orelse return abi.Failure.bad_argument.code();
    switch (files.listNames(name, if (out) |bytes| bytes[0..capacity] else &.{}, &os_error)) {
        .failure => |failure| return failure.code(),
        .size => |size| return @intCast(@min(size, std.math.maxInt(i32))),
    }
}

/// Tells what a path leads to, links followed: an `abi.FolderEntry` without a name.
export fn bs_inspect(path: ?[*:0]const u8, out: ?*align(1) abi.FolderEntry, detail: ?*align(1) i32) i32 {
    var os_error: i32 = 0;
    defer if (detail) |number| {
        number.* = os_error;
    };
    const name = path orelse return abi.Failure.bad_argument.code();
    const entry = out orelse return abi.Failure.bad_argument.code();
    const failure = files.inspect(name, entry, &os_error) orelse return 0;
    return failure.code();
}

/// Tells where the next bytes are that a sparse file really has, from `offset` on: start and end, the file's size twice
/// when there are none.
export fn bs_find_data(path: ?[*:0]const u8, offset: u64, range: ?*align(1) [2]u64, detail: ?*align(1) i32) i32 {
    var os_error: i32 = 0;
    defer if (detail) |number| {
        number.* = os_error;
    };
    const name = path orelse return abi.Failure.bad_argument.code();
    const out = range orelse return abi.Failure.bad_argument.code();
    if (offset > std.math.maxInt(i64)) return abi.Failure.bad_argument.code();
    const failure = files.findData(name, offset, out, &os_error) orelse return 0;
    return failure.code();
}

/// Copies bytes from a file into one that is there, inside the system, which may share blocks instead. `copied` tells how
/// many, also where it fails; fewer than asked without a failure means that the source ends there.
export fn bs_copy_range(
    source: ?[*:0]const u8,
    source_offset: u64,
    target: ?[*:0]const u8,
    target_offset: u64,
    length: u64,
    copied: ?*align(1) u64,
    detail: ?*align(1) i32,
) i32 {
    var os_error: i32 = 0;
    defer if (detail) |number| {
        number.* = os_error;
    };
    const most: u64 = std.math.maxInt(i64);
    const bad = abi.Failure.bad_argument.code();
    const out = copied orelse return bad;
    out.* = 0;
    if (length > most or source_offset > most - length or target_offset > most - length) return bad;
    var request = files.Copy{
        .source = source orelse return bad,
        .source_offset = source_offset,
        .target = target orelse return bad,
        .target_offset = target_offset,
        .length = length,
    };
    const failure = files.copy(&request, &os_error);
    out.* = request.copied;
    return if (failure) |one| one.code() else 0;
}

/// Reads whole files into `target`, as many as `sizes` has numbers: `paths` are theirs, each ending in NUL, one behind the
/// other. Returns how many were read before the first that is not as expected; see `files.readFiles`.
export fn bs_read_files(
    paths: ?[*]const u8,
    paths_length: u32,
    sizes: ?[*]align(1) const u32,
    count: u32,
    target: ?[*]u8,
    capacity: u32,
) i32 {
    const bad = abi.Failure.bad_argument.code();
    if (count > std.math.maxInt(i32)) return bad;
    const names = (paths orelse return bad)[0..paths_length];
    const expected = (sizes orelse return bad)[0..count];
    const out: []u8 = if (target) |bytes| bytes[0..capacity] else &.{};
    return @intCast(files.readFiles(names, expected, out));
}

fn clearReply(request: *align(1) abi.Request) void {
    const bytes: *[@sizeOf(abi.Request)]u8 = @ptrCast(request);
    @memset(bytes[@offsetOf(abi.Request, "status")..], 0);
}

test {
    _ = abi;
    _ = @import("table.zig");
    _ = files;
    _ = system;
}

test "bs_exec() refuses what makes no sense" {
    var request = std.mem.zeroes(abi.Request);
    const bad = abi.Failure.bad_argument.code();
    try std.testing.expectEqual(bad, bs_exec(1, null, null));
    try std.testing.expectEqual(bad, bs_exec(1, &request, null));
    request.cdb_len = 6;
    request.direction = 1;
    try std.testing.expectEqual(bad, bs_exec(1, &request, null));
    request.data_len = 4;
    try std.testing.expectEqual(bad, bs_exec(1, &request, null));
    request.direction = 0;
    request.data_len = 0;
    try std.testing.expectEqual(abi.Failure.bad_handle.code(), bs_exec(1, &request, null));
}
