//! The open drives of this process. The table belongs to the library, not to the thread that opened a drive: a
//! supervisor which loads the same file finds, unlocks and closes what a killed worker left open.
//!
//! A slot is one word: its state in the low two bits, its generation above. A command takes the slot from idle to busy,
//! so that one handle carries one command at a time; closing a busy slot dooms it, and the command in flight closes it
//! when it comes back. Nothing here waits.
const std = @import("std");
const abi = @import("abi.zig");

const State = enum(u2) { free, idle, busy, doomed };

pub const slot_count = 32;
const generation_max = 0x7FFF;

pub fn Table(comptime Device: type) type {
    return struct {
        const Self = @This();

        const Slot = struct {
            word: std.atomic.Value(u32) = .init(0),
            /// Owned by whoever holds the slot busy.
            device: Device = undefined,
            /// The tray was locked through this handle.
            locked: bool = false,
        };

        slots: [slot_count]Slot = @splat(.{}),

        /// A slot held busy; nobody else touches its device until `release`.
        pub const Held = struct {
            slot: *Slot,
            handle: i32,

            pub fn device(held: Held) *Device {
                return &held.slot.device;
            }
        };

        /// Takes a free slot for a device that is about to be opened.
        pub fn reserve(table: *Self) ?Held {
            for (&table.slots, 0..) |*slot, index| {
                const word = slot.word.load(.acquire);
                if (stateOf(word) != .free) continue;
                const generation = word >> 2;
                const taken = generation << 2 | @intFromEnum(State.busy);
                if (slot.word.cmpxchgStrong(word, taken, .acq_rel, .acquire) != null) continue;
                slot.locked = false;
                return .{ .slot = slot, .handle = handleOf(generation, index) };
            }
            return null;
        }

        pub fn hold(table: *Self, handle: i32) union(enum) { held: Held, failure: abi.Failure } {
            const place = placeOf(handle) orelse return .{ .failure = .bad_handle };
            const slot = &table.slots[place.index];
            const idle = place.generation << 2 | @intFromEnum(State.idle);
            const busy = place.generation << 2 | @intFromEnum(State.busy);
            const seen = slot.word.cmpxchgStrong(idle, busy, .acq_rel, .acquire) orelse
                return .{ .held = .{ .slot = slot, .handle = handle } };
            return .{ .failure = if (seen == busy) .busy else .bad_handle };
        }

        /// Gives a held slot back; a slot that was doomed meanwhile is closed.
        pub fn release(table: *Self, held: Held) void {
            const word = held.slot.word.load(.acquire);
            const idle = word & ~@as(u32, 3) | @intFromEnum(State.idle);
            if (stateOf(word) == .busy and
                held.slot.word.cmpxchgStrong(word, idle, .acq_rel, .acquire) == null) return;
            table.end(held);
        }

        /// Unlocks the tray if it was locked through this handle, closes the device and frees the slot.
        pub fn end(_: *Self, held: Held) void {
            if (held.slot.locked) {
                var request = abi.allowRemoval();
                held.slot.device.exec(&request, &.{});
            }
            held.slot.device.close();
            free(held);
        }

        /// Frees a reserved slot whose device could not be opened.
        pub fn free(held: Held) void {
            const generation = (held.slot.word.load(.acquire) >> 2) + 1;
            const next = if (generation > generation_max) 0 else generation;
            held.slot.word.store(next << 2, .release);
        }

        /// Closes a handle, now or when its command in flight comes back.
        pub fn close(table: *Self, handle: i32) ?abi.Failure {
            switch (table.hold(handle)) {
                .held => |held| {
                    table.end(held);
                    return null;
                },
                .failure => |failure| {
                    if (failure != .busy) return failure;
                    const place = placeOf(handle) orelse return .bad_handle;
                    const slot = &table.slots[place.index];
                    const busy = place.generation << 2 | @intFromEnum(State.busy);
                    const doomed = place.generation << 2 | @intFromEnum(State.doomed);
                    // Lost to the end of the command: the handle is idle again, and is closed at once.
                    if (slot.word.cmpxchgStrong(busy, doomed, .acq_rel, .acquire) == null) return null;
                    switch (table.hold(handle)) {
                        .held => |held| table.end(held),
                        .failure => return .busy,
                    }
                    return null;
                },
            }
        }

        /// Closes every open handle; returns how many there were.
        pub fn closeAll(table: *Self) i32 {
            var count: i32 = 0;
            for (&table.slots, 0..) |*slot, index| {
                const word = slot.word.load(.acquire);
                if (stateOf(word) == .free or stateOf(word) == .doomed) continue;
                if (table.close(handleOf(word >> 2, index)) == null) count += 1;
            }
            return count;
        }

        fn stateOf(word: u32) State {
            return @enumFromInt(@as(u2, @truncate(word)));
        }

        /// Handles start at 1 and carry the slot's generation, so that one kept after closing finds nothing.
        fn handleOf(generation: u32, index: usize) i32 {
            return @intCast(generation * slot_count + index + 1);
        }

        fn placeOf(handle: i32) ?struct { generation: u32, index: usize } {
            if (handle <= 0) return null;
            const value: u32 = @intCast(handle - 1);
            if (value / slot_count > generation_max) return null;
            return .{ .generation = value / slot_count, .index = value % slot_count };
        }
    };
}

const FakeDevice = struct {
    log: *std.ArrayList(u8) = undefined,

    fn exec(device: *FakeDevice, request: *align(1) abi.Request, _: []u8) void {
        device.log.append(std.testing.allocator, request.cdb[0]) catch unreachable;
    }

    fn close(device: *FakeDevice) void {
        device.log.append(std.testing.allocator, 'c') catch unreachable;
    }
};

test "a handle is good until it is closed" {
    var log: std.ArrayList(u8) = .empty;
    defer log.deinit(std.testing.allocator);
    var table: Table(FakeDevice) = .{};
    const first = table.reserve().?;
    first.device().log = &log;
    table.release(first);
    try std.testing.expectEqual(@as(?abi.Failure, null), table.close(first.handle));
    try std.testing.expectEqual(@as(?abi.Failure, .bad_handle), table.close(first.handle));
    const second = table.reserve().?;
    try std.testing.expect(second.handle != first.handle);
    try std.testing.expectEqualStrings("c", log.items);
}

test "closing under a command waits for its end" {
    var log: std.ArrayList(u8) = .empty;
    defer log.deinit(std.testing.allocator);
    var table: Table(FakeDevice) = .{};
    const opened = table.reserve().?;
    opened.device().log = &log;
    table.release(opened);
    const held = table.hold(opened.handle).held;
    held.slot.locked = true;
    try std.testing.expectEqual(abi.Failure.busy, table.hold(opened.handle).failure);
    try std.testing.expectEqual(@as(i32, 1), table.closeAll());
    try std.testing.expectEqual(@as(i32, 0), table.closeAll());
    try std.testing.expectEqualStrings("", log.items);
    table.release(held);
    try std.testing.expectEqualStrings("\x1ec", log.items);
    try std.testing.expectEqual(abi.Failure.bad_handle, table.hold(opened.handle).failure);
}

test "the table runs full and no further" {
    var table: Table(FakeDevice) = .{};
    for (0..slot_count) |_| _ = table.reserve().?;
    try std.testing.expect(table.reserve() == null);
}
