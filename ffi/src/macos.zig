//! macOS: the SCSITask and MMC device interfaces of IOKit. The frameworks are loaded at run time, because linking them
//! takes Apple's SDK; their interfaces are tables of functions in the manner of COM, declared here by hand in the order
//! of <IOKit/scsi/SCSITaskLib.h>, <IOKit/IOCFPlugIn.h> and <DiskArbitration/DADisk.h>.
//!
//! A drive that is opened for exclusive use takes every command, once no volume of it is mounted. Otherwise only the
//! commands that the MMC interface offers as calls of their own go through, which is enough to look at a disc.
const std = @import("std");
const abi = @import("abi.zig");

extern "c" fn dlopen(path: ?[*:0]const u8, mode: c_int) ?*anyopaque;
extern "c" fn dlsym(handle: ?*anyopaque, name: [*:0]const u8) ?*anyopaque;

const Ref = ?*anyopaque;
const IOReturn = i32;

/// What is taken from the three frameworks; each field is looked up by its name.
const Api = struct {
    CFDictionaryCreateMutable: *const fn (Ref, isize, Ref, Ref) callconv(.c) Ref,
    CFDictionaryGetValue: *const fn (Ref, Ref) callconv(.c) Ref,
    CFDictionarySetValue: *const fn (Ref, Ref, Ref) callconv(.c) void,
    CFGetTypeID: *const fn (Ref) callconv(.c) usize,
    CFDictionaryGetTypeID: *const fn () callconv(.c) usize,
    CFStringGetTypeID: *const fn () callconv(.c) usize,
    CFRelease: *const fn (Ref) callconv(.c) void,
    CFRunLoopGetCurrent: *const fn () callconv(.c) Ref,
    CFRunLoopRunInMode: *const fn (Ref, f64, u8) callconv(.c) i32,
    CFStringCreateWithCString: *const fn (Ref, [*:0]const u8, u32) callconv(.c) Ref,
    CFStringGetCString: *const fn (Ref, [*]u8, isize, u32) callconv(.c) u8,
    CFUUIDCreateFromUUIDBytes: *const fn (Ref, Uuid) callconv(.c) Ref,
    kCFRunLoopDefaultMode: *const Ref,
    kCFTypeDictionaryKeyCallBacks: *const anyopaque,
    kCFTypeDictionaryValueCallBacks: *const anyopaque,

    IOServiceGetMatchingServices: *const fn (u32, Ref, *u32) callconv(.c) IOReturn,
    IOIteratorNext: *const fn (u32) callconv(.c) u32,
    IOObjectRelease: *const fn (u32) callconv(.c) IOReturn,
    IORegistryEntryFromPath: *const fn (u32, [*:0]const u8) callconv(.c) u32,
    IORegistryEntryGetPath: *const fn (u32, [*:0]const u8, *[512]u8) callconv(.c) IOReturn,
    IORegistryEntryCreateCFProperty: *const fn (u32, Ref, Ref, u32) callconv(.c) Ref,
    IORegistryEntrySearchCFProperty: *const fn (u32, [*:0]const u8, Ref, Ref, u32) callconv(.c) Ref,
    IOCreatePlugInInterfaceForService: *const fn (u32, Ref, Ref, *?*const *const Unknown, *i32) callconv(.c) IOReturn,
    IODestroyPlugInInterface: *const fn (*const *const Unknown) callconv(.c) IOReturn,
    IOPMAssertionCreateWithName: *const fn (Ref, u32, Ref, *u32) callconv(.c) IOReturn,
    IOPMAssertionRelease: *const fn (u32) callconv(.c) IOReturn,

    DASessionCreate: *const fn (Ref) callconv(.c) Ref,
    DASessionScheduleWithRunLoop: *const fn (Ref, Ref, Ref) callconv(.c) void,
    DASessionUnscheduleFromRunLoop: *const fn (Ref, Ref, Ref) callconv(.c) void,
    DADiskCreateFromBSDName: *const fn (Ref, Ref, [*:0]const u8) callconv(.c) Ref,
    DADiskUnmount: *const fn (Ref, u32, *const DoneCallback, *Done) callconv(.c) void,
    DADiskClaim: *const fn (Ref, u32, *const ReleaseCallback, ?*anyopaque, *const DoneCallback, *Done) callconv(.c) void,
    DADiskUnclaim: *const fn (Ref) callconv(.c) void,
    DADissenterGetStatus: *const fn (Ref) callconv(.c) IOReturn,
};

const framework_paths = [_][*:0]const u8{
    "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation",
    "/System/Library/Frameworks/IOKit.framework/IOKit",
    "/System/Library/Frameworks/DiskArbitration.framework/DiskArbitration",
};

/// Sixteen bytes, passed by value in two registers. Of the bytes, the first is the least significant of `low`.
const Uuid = extern struct { low: u64, high: u64 };

fn uuid(comptime text: *const [36]u8) Uuid {
    comptime {
        var bytes: [16]u8 = undefined;
        var at: usize = 0;
        for (&bytes) |*byte| {
            if (text[at] == '-') at += 1;
            byte.* = std.fmt.parseInt(u8, text[at..][0..2], 16) catch unreachable;
            at += 2;
        }
        return .{ .low = std.mem.readInt(u64, bytes[0..8], .little), .high = std.mem.readInt(u64, bytes[8..16], .little) };
    }
}

const mmc_client_type = uuid("97ABCF2C-23CC-11D5-A0E8-003065704866");
const plug_in_interface = uuid("C244E858-109C-11D4-91D4-0050E4C6426F");
const mmc_interface = uuid("1F651106-23CC-11D5-BBDB-003065704866");

/// IUnknown, as CFPlugInCOM lays it out; a leading word is reserved.
const Unknown = extern struct {
    reserved: ?*anyopaque,
    QueryInterface: *const fn (*const anyopaque, Uuid, *?*anyopaque) callconv(.c) i32,
    AddRef: *const fn (*const anyopaque) callconv(.c) u32,
    Release: *const fn (*const anyopaque) callconv(.c) u32,
};

const Sense = *[18]u8;
const Status = *u32;
const Skipped = *const fn () callconv(.c) void;

const MmcInterface = extern struct {
    unknown: Unknown,
    version: u16,
    revision: u16,
    Inquiry: *const fn (*const *const MmcInterface, ?[*]u8, u32, Status, Sense) callconv(.c) IOReturn,
    TestUnitReady: *const fn (*const *const MmcInterface, Status, Sense) callconv(.c) IOReturn,
    GetPerformance: Skipped,
    GetConfiguration: *const fn (*const *const MmcInterface, u8, u16, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
    ModeSense10: *const fn (*const *const MmcInterface, u8, u8, u8, u8, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
    SetWriteParametersModePage: Skipped,
    GetTrayState: Skipped,
    SetTrayState: Skipped,
    ReadTableOfContents: *const fn (*const *const MmcInterface, u8, u8, u8, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
    ReadDiscInformation: *const fn (*const *const MmcInterface, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
    ReadTrackInformation: *const fn (*const *const MmcInterface, u8, u32, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
    ReadDVDStructure: *const fn (*const *const MmcInterface, u32, u8, u8, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
    GetSCSITaskDeviceInterface: *const fn (*const *const MmcInterface) callconv(.c) ?*const *const TaskDeviceInterface,
    GetPerformanceV2: *const fn (*const *const MmcInterface, u8, u32, u16, u8, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
    SetCDSpeed: Skipped,
    ReadFormatCapacities: *const fn (*const *const MmcInterface, ?[*]u8, u16, Status, Sense) callconv(.c) IOReturn,
};

const TaskDeviceInterface = extern struct {
    unknown: Unknown,
    version: u16,
    revision: u16,
    IsExclusiveAccessAvailable: Skipped,
    AddCallbackDispatcherToRunLoop: Skipped,
    RemoveCallbackDispatcherFromRunLoop: Skipped,
    ObtainExclusiveAccess: *const fn (*const *const TaskDeviceInterface) callconv(.c) IOReturn,
    ReleaseExclusiveAccess: *const fn (*const *const TaskDeviceInterface) callconv(.c) IOReturn,
    CreateSCSITask: *const fn (*const *const TaskDeviceInterface) callconv(.c) ?*const *const TaskInterface,
};

const Range = extern struct { address: u64, length: u64 };

const TaskInterface = extern struct {
    unknown: Unknown,
    version: u16,
    revision: u16,
    IsTaskActive: Skipped,
    SetTaskAttribute: Skipped,
    GetTaskAttribute: Skipped,
    SetCommandDescriptorBlock: *const fn (*const *const TaskInterface, *const [16]u8, u8) callconv(.c) IOReturn,
    GetCommandDescriptorBlockSize: Skipped,
    GetCommandDescriptorBlock: Skipped,
    SetScatterGatherEntries: *const fn (*const *const TaskInterface, ?*Range, u8, u64, u8) callconv(.c) IOReturn,
    SetTimeoutDuration: *const fn (*const *const TaskInterface, u32) callconv(.c) IOReturn,
    GetTimeoutDuration: Skipped,
    SetTaskCompletionCallback: Skipped,
    ExecuteTaskAsync: Skipped,
    ExecuteTaskSync: *const fn (*const *const TaskInterface, Sense, Status, *u64) callconv(.c) IOReturn,
    AbortTask: Skipped,
    GetSCSIServiceResponse: *const fn (*const *const TaskInterface, *u32) callconv(.c) IOReturn,
};

comptime {
    std.debug.assert(@sizeOf(Unknown) == 32);
    std.debug.assert(@offsetOf(MmcInterface, "Inquiry") == 40);
    std.debug.assert(@offsetOf(MmcInterface, "GetSCSITaskDeviceInterface") == 40 + 12 * 8);
    std.debug.assert(@offsetOf(TaskDeviceInterface, "CreateSCSITask") == 40 + 5 * 8);
    std.debug.assert(@offsetOf(TaskInterface, "ExecuteTaskSync") == 40 + 11 * 8);
    std.debug.assert(@offsetOf(TaskInterface, "GetSCSIServiceResponse") == 40 + 13 * 8);
}

const kIOReturnBusy: IOReturn = @bitCast(@as(u32, 0xE00002D5));
const kIOReturnExclusiveAccess: IOReturn = @bitCast(@as(u32, 0xE00002C5));
const kIOReturnNotPermitted: IOReturn = @bitCast(@as(u32, 0xE00002E2));
const kIOReturnNotPrivileged: IOReturn = @bitCast(@as(u32, 0xE00002C1));
const kIOReturnNoDevice: IOReturn = @bitCast(@as(u32, 0xE00002C0));
const kIOReturnNotAttached: IOReturn = @bitCast(@as(u32, 0xE00002D9));
const kIOReturnTimeout: IOReturn = @bitCast(@as(u32, 0xE00002D6));
const kIOReturnAborted: IOReturn = @bitCast(@as(u32, 0xE00002EB));
const kDAReturnNotMounted: IOReturn = @bitCast(@as(u32, 0xF8DA0007));
const utf8 = 0x0800_0100;

var api: Api = undefined;
/// 0 not tried, 1 being loaded, 2 loaded, 3 not to be had.
var api_state: std.atomic.Value(u32) = .init(0);

fn load() ?*const Api {
    if (api_state.cmpxchgStrong(0, 1, .acq_rel, .acquire) == null) {
        api_state.store(if (lookUp()) 2 else 3, .release);
    }
    // Another thread may be at it; it takes milliseconds.
    while (api_state.load(.acquire) == 1) std.atomic.spinLoopHint();
    return if (api_state.load(.acquire) == 2) &api else null;
}

fn lookUp() bool {
    var handles: [framework_paths.len]?*anyopaque = undefined;
    // RTLD_NOW
    for (framework_paths, &handles) |path, *handle| handle.* = dlopen(path, 2);
    inline for (@typeInfo(Api).@"struct".fields) |field| {
        var found: ?*anyopaque = null;
        for (handles) |handle| {
            if (found == null and handle != null) found = dlsym(handle, field.name);
        }
        @field(api, field.name) = @ptrCast(@alignCast(found orelse return false));
    }
    return true;
}

pub const Device = struct {
    plug_in: ?*const *const Unknown = null,
    mmc: ?*const *const MmcInterface = null,
    task_device: ?*const *const TaskDeviceInterface = null,
    service: u32 = 0,
    exclusive: bool = false,
    session: Ref = null,
    claimed_disk: Ref = null,

    pub fn open(device: *Device, path: [*:0]const u8, flags: u32, os_error: *i32) ?abi.Failure {
        const io = load() orelse return .unsupported;
        device.service = io.IORegistryEntryFromPath(0, path);
        if (device.service == 0) return .not_found;
        const failure = device.connect(io, os_error) orelse device: {
            if (flags & abi.open_exclusive == 0) return null;
            break :device device.lock(io, os_error) orelse return null;
        };
        device.close();
        return failure;
    }

    fn connect(device: *Device, io: *const Api, os_error: *i32) ?abi.Failure {
        const client = io.CFUUIDCreateFromUUIDBytes(null, mmc_client_type);
        defer io.CFRelease(client);
        const interface = io.CFUUIDCreateFromUUIDBytes(null, plug_in_interface);
        defer io.CFRelease(interface);
        var score: i32 = 0;
        const made = io.IOCreatePlugInInterfaceForService(device.service, client, interface, &device.plug_in, &score);
        const plug_in = device.plug_in orelse {
            os_error.* = made;
            return failureOf(made);
        };
        var queried: ?*anyopaque = null;
        os_error.* = plug_in.*.QueryInterface(@ptrCast(plug_in), mmc_interface, &queried);
        device.mmc = @ptrCast(@alignCast(queried orelse return .not_a_drive));
        device.task_device = device.mmc.?.*.GetSCSITaskDeviceInterface(device.mmc.?);
        os_error.* = 0;
        return null;
    }

    pub fn close(device: *Device) void {
        const io = load() orelse return;
        device.unlock(io);
        if (device.task_device) |interface| _ = interface.*.unknown.Release(@ptrCast(interface));
        if (device.mmc) |interface| _ = interface.*.unknown.Release(@ptrCast(interface));
        if (device.plug_in) |interface| _ = io.IODestroyPlugInInterface(interface);
        if (device.service != 0) _ = io.IOObjectRelease(device.service);
        device.* = .{};
    }

    /// The buses' own limits are not told; callers stay with what every bridge takes.
    pub fn limits(_: *Device) abi.Limits {
        return .{ .max_transfer = 0, .alignment = 1 };
    }

    pub fn exec(device: *Device, request: *align(1) abi.Request, data: []u8) void {
        var sense: [18]u8 = @splat(0);
        var status: u32 = 0;
        if (device.exclusive) {
            device.execTask(request, data, &sense, &status);
        } else {
            const mmc = device.mmc orelse return refuse(request, kIOReturnNoDevice);
            const result = fixedCall(mmc, request, data, &status, &sense) orelse
                return refuse(request, kIOReturnNotPermitted);
            request.os_error = result;
            request.host_status = status;
            // These calls give back what the task came to, timeouts among the statuses: see execTask.
            const answered = status == 0x00 or status == 0x02 or status == 0x08 or status == 0x18;
            request.transport = @intFromEnum(if (result != 0) transportOf(result) else if (answered)
                abi.Transport.ok
            else
                transportOfStatus(status));
            if (answered) request.status = status;
        }
        if (request.status == 0x02 and sense[0] != 0) {
            @memcpy(request.sense[0..sense.len], &sense);
            request.sense_len = sense.len;
        }
    }

    fn execTask(device: *Device, request: *align(1) abi.Request, data: []u8, sense: Sense, status: Status) void {
        const task_device = device.task_device orelse return refuse(request, kIOReturnNoDevice);
        const task = task_device.*.CreateSCSITask(task_device) orelse return refuse(request, kIOReturnNoDevice);
        defer _ = task.*.unknown.Release(@ptrCast(task));
        var range = Range{ .address = @intFromPtr(data.ptr), .length = data.len };
        const direction: u8 = switch (@as(abi.Direction, @enumFromInt(request.direction))) {
            .out => 1,
            .in => 2,
            else => 0,
        };
        const cdb = request.cdb;
        var result = task.*.SetCommandDescriptorBlock(task, &cdb, @intCast(request.cdb_len));
        if (result == 0) result = task.*.SetTimeoutDuration(task, request.timeout_ms);
        if (result == 0) {
            result = if (data.len > 0)
                task.*.SetScatterGatherEntries(task, &range, 1, data.len, direction)
            else
                task.*.SetScatterGatherEntries(task, null, 0, 0, 0);
        }
        if (result != 0) return refuse(request, result);
        var transferred: u64 = 0;
        result = task.*.ExecuteTaskSync(task, sense, status, &transferred);
        var response: u32 = 0;
        _ = task.*.GetSCSIServiceResponse(task, &response);
        request.os_error = result;
        request.host_status = status.*;
        request.residual = request.data_len -| @as(u32, @truncate(transferred));
        // kSCSIServiceResponse_TASK_COMPLETE: the status is the drive's own. With the others it is one of Apple's.
        if (result != 0) {
            request.transport = @intFromEnum(transportOf(result));
        } else if (response == 2) {
            request.transport = @intFromEnum(abi.Transport.ok);
            request.status = status.*;
        } else {
            request.transport = @intFromEnum(transportOfStatus(status.*));
        }
    }

    pub fn claim(device: *Device, flags: u32, _: ?*abi.Name, os_error: *i32) ?abi.Failure {
        const io = load() orelse return .unsupported;
        switch (flags & ~abi.claim_force) {
            abi.claim_lock => return device.lock(io, os_error),
            abi.claim_release => device.unlock(io),
            abi.claim_owner => return .unsupported,
            else => return .bad_argument,
        }
        return null;
    }

    /// Unmounts the disc and claims it, or the Finder would mount it again at once; then takes the drive.
    fn lock(device: *Device, io: *const Api, os_error: *i32) ?abi.Failure {
        if (device.exclusive) return null;
        const task_device = device.task_device orelse return .not_a_drive;
        if (device.takeDisk(io, os_error)) |failure| return failure;
        const result = task_device.*.ObtainExclusiveAccess(task_device);
        if (result != 0) {
            os_error.* = result;
            device.giveDisk(io);
            return failureOf(result);
        }
        device.exclusive = true;
        return null;
    }

    fn unlock(device: *Device, io: *const Api) void {
        if (device.exclusive) {
            if (device.task_device) |interface| _ = interface.*.ReleaseExclusiveAccess(interface);
        }
        device.exclusive = false;
        device.giveDisk(io);
    }

    fn takeDisk(device: *Device, io: *const Api, os_error: *i32) ?abi.Failure {
        var name: [64]u8 = undefined;
        const bsd_name = bsdNameOf(io, device.service, &name) orelse return null;
        device.session = io.DASessionCreate(null) orelse return .failed;
        const disk = io.DADiskCreateFromBSDName(null, device.session, bsd_name) orelse {
            device.giveDisk(io);
            return null;
        };
        const loop = io.CFRunLoopGetCurrent();
        const mode = io.kCFRunLoopDefaultMode.*;
        io.DASessionScheduleWithRunLoop(device.session, loop, mode);
        var done = Done{ .io = io };
        // kDADiskUnmountOptionWhole: every volume on it.
        io.DADiskUnmount(disk, 1, &onDone, &done);
        var status = done.wait(30);
        if (status == kDAReturnNotMounted) status = 0;
        if (status == 0) {
            done = .{ .io = io };
            io.DADiskClaim(disk, 0, &onReleaseAsked, null, &onDone, &done);
            status = done.wait(10);
        }
        io.DASessionUnscheduleFromRunLoop(device.session, loop, mode);
        if (status != 0) {
            os_error.* = status;
            io.CFRelease(disk);
            device.giveDisk(io);
            return .busy;
        }
        device.claimed_disk = disk;
        return null;
    }

    fn giveDisk(device: *Device, io: *const Api) void {
        if (device.claimed_disk) |disk| {
            io.DADiskUnclaim(disk);
            io.CFRelease(disk);
        }
        if (device.session) |session| io.CFRelease(session);
        device.claimed_disk = null;
        device.session = null;
    }
};

const DoneCallback = fn (Ref, Ref, ?*anyopaque) callconv(.c) void;
const ReleaseCallback = fn (Ref, ?*anyopaque) callconv(.c) Ref;

/// Waits on this thread's run loop for DiskArbitration to call back.
const Done = struct {
    io: *const Api,
    finished: bool = false,
    status: IOReturn = 0,

    fn wait(done: *Done, seconds: u32) IOReturn {
        for (0..seconds * 10) |_| {
            if (done.finished) return done.status;
            _ = done.io.CFRunLoopRunInMode(done.io.kCFRunLoopDefaultMode.*, 0.1, 1);
        }
        return if (done.finished) done.status else kIOReturnTimeout;
    }
};

fn onDone(_: Ref, dissenter: Ref, context: ?*anyopaque) callconv(.c) void {
    const done: *Done = @ptrCast(@alignCast(context));
    done.status = if (dissenter != null) done.io.DADissenterGetStatus(dissenter) else 0;
    done.finished = true;
}

/// Asked to give a claim up, we do not object; the drive itself stays ours.
fn onReleaseAsked(_: Ref, _: ?*anyopaque) callconv(.c) Ref {
    return null;
}

/// The commands that the MMC interface has calls for; null for any other.
fn fixedCall(
    mmc: *const *const MmcInterface,
    request: *align(1) const abi.Request,
    data: []u8,
    status: Status,
    sense: Sense,
) ?IOReturn {
    const cdb = request.cdb;
    const len: u16 = @intCast(@min(data.len, 0xFFFF));
    const at: ?[*]u8 = if (len > 0) data.ptr else null;
    const address = std.mem.readInt(u32, cdb[2..6], .big);
    if (request.direction == @intFromEnum(abi.Direction.out)) return null;
    const v = mmc.*;
    return switch (cdb[0]) {
        0x00 => v.TestUnitReady(mmc, status, sense),
        // With EVPD the page code would be lost.
        0x12 => if (cdb[1] & 1 == 0) v.Inquiry(mmc, at, len, status, sense) else null,
        0x23 => v.ReadFormatCapacities(mmc, at, len, status, sense),
        0x43 => v.ReadTableOfContents(mmc, cdb[1] >> 1 & 1, cdb[2] & 15, cdb[6], at, len, status, sense),
        0x46 => v.GetConfiguration(mmc, cdb[1] & 3, std.mem.readInt(u16, cdb[2..4], .big), at, len, status, sense),
        // Only the standard data type: the call does not carry the others.
        0x51 => if (cdb[1] & 7 == 0) v.ReadDiscInformation(mmc, at, len, status, sense) else null,
        0x52 => v.ReadTrackInformation(mmc, cdb[1] & 3, address, at, len, status, sense),
        0x5A => v.ModeSense10(mmc, cdb[1] >> 4 & 1, cdb[1] >> 3 & 1, cdb[2] >> 6, cdb[2] & 63, at, len, status, sense),
        // Only the DVD media type of READ DISC STRUCTURE.
        0xAD => if (cdb[1] & 15 == 0) v.ReadDVDStructure(mmc, address, cdb[6], cdb[7], at, len, status, sense) else null,
        0xAC => v.GetPerformanceV2(
            mmc,
            cdb[1] & 31,
            address,
            std.mem.readInt(u16, cdb[8..10], .big),
            cdb[10],
            at,
            len,
            status,
            sense,
        ),
        else => null,
    };
}

fn refuse(request: *align(1) abi.Request, result: IOReturn) void {
    request.os_error = result;
    request.transport = @intFromEnum(transportOf(result));
}

fn failureOf(result: IOReturn) abi.Failure {
    return switch (result) {
        kIOReturnBusy, kIOReturnExclusiveAccess => .busy,
        kIOReturnNotPermitted, kIOReturnNotPrivileged => .denied,
        kIOReturnNoDevice, kIOReturnNotAttached => .not_found,
        else => .failed,
    };
}

fn transportOf(result: IOReturn) abi.Transport {
    return switch (result) {
        kIOReturnTimeout => .timeout,
        kIOReturnNoDevice, kIOReturnNotAttached => .gone,
        kIOReturnAborted => .aborted,
        // Held by another program, or wants an exclusive handle.
        kIOReturnExclusiveAccess, kIOReturnNotPermitted, kIOReturnNotPrivileged => .denied,
        else => .refused,
    };
}

/// SCSITaskStatus beyond those of SCSI: task and protocol timeouts, not responding, not present, not delivered.
fn transportOfStatus(status: u32) abi.Transport {
    return switch (status) {
        1, 2 => .timeout,
        3, 4 => .gone,
        else => .aborted,
    };
}

pub fn list(text: *abi.Text) void {
    const io = load() orelse return;
    const matching = io.CFDictionaryCreateMutable(
        null,
        0,
        @constCast(io.kCFTypeDictionaryKeyCallBacks),
        @constCast(io.kCFTypeDictionaryValueCallBacks),
    );
    const wanted = io.CFDictionaryCreateMutable(
        null,
        0,
        @constCast(io.kCFTypeDictionaryKeyCallBacks),
        @constCast(io.kCFTypeDictionaryValueCallBacks),
    );
    const category = string(io, "SCSITaskDeviceCategory");
    const authoring = string(io, "SCSITaskAuthoringDevice");
    const property_match = string(io, "IOPropertyMatch");
    defer for ([_]Ref{ wanted, category, authoring, property_match }) |ref| io.CFRelease(ref);
    io.CFDictionarySetValue(wanted, category, authoring);
    io.CFDictionarySetValue(matching, property_match, wanted);
    var iterator: u32 = 0;
    // Takes the dictionary over, also when it fails.
    if (io.IOServiceGetMatchingServices(0, matching, &iterator) != 0) return;
    defer _ = io.IOObjectRelease(iterator);
    // A bound, because the registry may change under the iterator.
    for (0..64) |_| {
        const service = io.IOIteratorNext(iterator);
        if (service == 0) return;
        listOne(io, text, service);
        _ = io.IOObjectRelease(service);
    }
}

fn listOne(io: *const Api, text: *abi.Text, service: u32) void {
    var path: [512]u8 = @splat(0);
    if (io.IORegistryEntryGetPath(service, "IOService", &path) != 0) return;
    const path_text = std.mem.sliceTo(&path, 0);
    text.field(path_text);
    const device = property(io, service, "Device Characteristics");
    defer if (device != null) io.CFRelease(device);
    for ([_][*:0]const u8{ "Vendor Name", "Product Name", "Product Revision Level" }) |key| {
        listString(io, text, device, key);
    }
    const protocol = property(io, service, "Protocol Characteristics");
    defer if (protocol != null) io.CFRelease(protocol);
    listString(io, text, protocol, "Physical Interconnect");
    text.field(path_text);
    text.raw("\t\n");
}

fn property(io: *const Api, service: u32, name: [*:0]const u8) Ref {
    const key = string(io, name);
    defer io.CFRelease(key);
    const found = io.IORegistryEntryCreateCFProperty(service, key, null, 0) orelse return null;
    if (io.CFGetTypeID(found) == io.CFDictionaryGetTypeID()) return found;
    io.CFRelease(found);
    return null;
}

fn listString(io: *const Api, text: *abi.Text, dictionary: Ref, name: [*:0]const u8) void {
    const key = string(io, name);
    defer io.CFRelease(key);
    const value = if (dictionary != null) io.CFDictionaryGetValue(dictionary, key) else null;
    var buffer: [256]u8 = @splat(0);
    if (value != null and io.CFGetTypeID(value) == io.CFStringGetTypeID()) {
        if (io.CFStringGetCString(value, &buffer, buffer.len, utf8) == 0) buffer[0] = 0;
    }
    text.field(std.mem.sliceTo(&buffer, 0));
}

/// "disk4" of the medium in the drive, below it in the registry; null without one.
fn bsdNameOf(io: *const Api, service: u32, buffer: *[64]u8) ?[*:0]const u8 {
    const key = string(io, "BSD Name");
    defer io.CFRelease(key);
    // kIORegistryIterateRecursively
    const found = io.IORegistryEntrySearchCFProperty(service, "IOService", key, null, 1) orelse return null;
    defer io.CFRelease(found);
    if (io.CFGetTypeID(found) != io.CFStringGetTypeID()) return null;
    if (io.CFStringGetCString(found, buffer, buffer.len, utf8) == 0) return null;
    return @ptrCast(buffer);
}

fn string(io: *const Api, text: [*:0]const u8) Ref {
    return io.CFStringCreateWithCString(null, text, utf8);
}

/// One assertion for all threads that write discs, and how many of them there are.
var assertion: u32 = 0;
var holders: u32 = 0;
var awake_lock: std.atomic.Value(bool) = .init(false);

pub fn awake(on: bool) ?abi.Failure {
    const io = load() orelse return .unsupported;
    while (awake_lock.swap(true, .acquire)) std.atomic.spinLoopHint();
    defer awake_lock.store(false, .release);
    if (!on) {
        if (holders == 0) return null;
        holders -= 1;
        if (holders == 0) _ = io.IOPMAssertionRelease(assertion);
        return null;
    }
    if (holders == 0) {
        const kind = string(io, "PreventUserIdleSystemSleep");
        const name = string(io, "Burnscript is writing a disc");
        defer for ([_]Ref{ kind, name }) |ref| io.CFRelease(ref);
        // kIOPMAssertionLevelOn
        if (io.IOPMAssertionCreateWithName(kind, 255, name, &assertion) != 0) return .failed;
    }
    holders += 1;
    return null;
}
