//! Windows: the computer stays awake, and the session is not ended.
const std = @import("std");
const abi = @import("abi.zig");

const Handle = *anyopaque;

extern "kernel32" fn SetThreadExecutionState(u32) callconv(.winapi) u32;
extern "kernel32" fn CloseHandle(Handle) callconv(.winapi) i32;
extern "kernel32" fn GetCurrentThreadId() callconv(.winapi) u32;
extern "kernel32" fn OpenThread(u32, i32, u32) callconv(.winapi) ?Handle;
extern "kernel32" fn CreateThread(
    ?*anyopaque,
    usize,
    *const fn (*const Order) callconv(.winapi) u32,
    *const Order,
    u32,
    *u32,
) callconv(.winapi) ?Handle;
extern "kernel32" fn CreateEventW(?*anyopaque, i32, i32, ?[*:0]const u16) callconv(.winapi) ?Handle;
extern "kernel32" fn SetEvent(Handle) callconv(.winapi) i32;
extern "kernel32" fn WaitForSingleObject(Handle, u32) callconv(.winapi) u32;
extern "kernel32" fn WaitForMultipleObjects(u32, [*]const Handle, i32, u32) callconv(.winapi) u32;
extern "kernel32" fn GetModuleHandleExW(u32, *const anyopaque, *?Handle) callconv(.winapi) i32;
extern "kernel32" fn FreeLibrary(Handle) callconv(.winapi) i32;
extern "kernel32" fn FreeLibraryAndExitThread(Handle, u32) callconv(.winapi) noreturn;
extern "user32" fn CreateWindowExW(
    u32,
    [*:0]const u16,
    [*:0]const u16,
    u32,
    i32,
    i32,
    i32,
    i32,
    ?Handle,
    ?Handle,
    ?Handle,
    ?*anyopaque,
) callconv(.winapi) ?Handle;
extern "user32" fn DestroyWindow(Handle) callconv(.winapi) i32;
extern "user32" fn SetWindowLongPtrW(Handle, i32, usize) callconv(.winapi) usize;
extern "user32" fn GetClassLongPtrW(Handle, i32) callconv(.winapi) usize;
extern "user32" fn CallWindowProcW(usize, Handle, u32, usize, isize) callconv(.winapi) isize;
extern "user32" fn ShutdownBlockReasonCreate(Handle, [*:0]const u16) callconv(.winapi) i32;
extern "user32" fn ShutdownBlockReasonDestroy(Handle) callconv(.winapi) i32;
extern "user32" fn MsgWaitForMultipleObjects(u32, [*]const Handle, i32, u32, u32) callconv(.winapi) u32;
extern "user32" fn PeekMessageW(*Message, ?Handle, u32, u32, u32) callconv(.winapi) i32;
extern "user32" fn DispatchMessageW(*const Message) callconv(.winapi) isize;
extern "user32" fn PostThreadMessageW(u32, u32, usize, isize) callconv(.winapi) i32;

/// MSG.
const Message = extern struct {
    window: ?Handle,
    kind: u32,
    first: usize,
    second: isize,
    time: u32,
    x: i32,
    y: i32,
    private: u32,
};

/// What a guard is told. It lies on the stack of whoever starts it, and is gone once `ready` is set.
const Order = struct { claimant_id: u32, ready: Handle };

const SYNCHRONIZE = 0x0010_0000;
const GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS = 4;
const INFINITE = 0xFFFF_FFFF;
const WAIT_OBJECT_0 = 0;
const WS_POPUP = 0x8000_0000;
const GWLP_WNDPROC = -4;
const GCLP_WNDPROC = -24;
const QS_ALLINPUT = 0x04FF;
const PM_REMOVE = 1;
const WM_CLOSE = 0x10;
const WM_QUERYENDSESSION = 0x11;
const WM_QUIT = 0x12;

const wide = std.unicode.utf8ToUtf16LeStringLiteral;

/// The thread that guards the session for this one. Its number stays its own as long as this one runs.
threadlocal var guard_id: u32 = 0;

/// ES_CONTINUOUS, with ES_SYSTEM_REQUIRED to stay awake. That ends with the thread that calls, and so does the guard, which
/// cannot be had everywhere: without it the computer still stays awake.
pub fn awake(on: bool) ?abi.Failure {
    if (on and guard_id == 0) guard_id = startGuard() orelse 0;
    if (!on and guard_id != 0) {
        endGuard(guard_id);
        guard_id = 0;
    }
    const flags: u32 = if (on) 0x8000_0001 else 0x8000_0000;
    return if (SetThreadExecutionState(flags) == 0) .failed else null;
}

/// Starts a thread that keeps the session from being ended, until `endGuard` or the end of this thread.
fn startGuard() ?u32 {
    const ready = CreateEventW(null, 1, 0, null) orelse return null;
    defer _ = CloseHandle(ready);
    const order = Order{ .claimant_id = GetCurrentThreadId(), .ready = ready };
    var id: u32 = 0;
    const thread = CreateThread(null, 0, &guard, &order, 0, &id) orelse return null;
    defer _ = CloseHandle(thread);
    // It ends at once where there can be no window.
    const first = WaitForMultipleObjects(2, &.{ ready, thread }, 0, INFINITE);
    return if (first == WAIT_OBJECT_0) id else null;
}

fn endGuard(id: u32) void {
    const thread = OpenThread(SYNCHRONIZE, 0, id) orelse return;
    defer _ = CloseHandle(thread);
    if (PostThreadMessageW(id, WM_QUIT, 0, 0) != 0) _ = WaitForSingleObject(thread, INFINITE);
}

/// The thread. It keeps the library loaded, which a worker that is killed takes along otherwise.
fn guard(order: *const Order) callconv(.winapi) u32 {
    var library: ?Handle = null;
    if (GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS, &guard, &library) == 0) return 0;
    guardSession(order);
    FreeLibraryAndExitThread(library.?, 0);
}

/// A process is asked whether the session may end through its top-level windows, shown or not. A console program that has
/// user32 loaded, as Deno has, is asked in no other way (SetConsoleCtrlHandler's documentation).
fn guardSession(order: *const Order) void {
    const claimant = OpenThread(SYNCHRONIZE, 0, order.claimant_id) orelse return;
    defer _ = CloseHandle(claimant);
    // A class of the system's: one of our own would have to be taken back before the library goes.
    const window = CreateWindowExW(0, wide("STATIC"), wide("Burnscript"), WS_POPUP, 0, 0, 0, 0, null, null, null, null) orelse
        return;
    defer _ = DestroyWindow(window);
    _ = SetWindowLongPtrW(window, GWLP_WNDPROC, @intFromPtr(&answer));
    // What people read beside the window's name when they shut down; the answer holds without it.
    _ = ShutdownBlockReasonCreate(window, wide("A disc is being written."));
    defer _ = ShutdownBlockReasonDestroy(window);
    _ = SetEvent(order.ready);
    answerUntilEnd(claimant);
}

/// Runs until it is told to quit, or the thread that it runs for has ended.
fn answerUntilEnd(claimant: Handle) void {
    var message: Message = undefined;
    while (MsgWaitForMultipleObjects(1, &.{claimant}, 0, INFINITE, QS_ALLINPUT) == WAIT_OBJECT_0 + 1) {
        while (PeekMessageW(&message, null, 0, 0, PM_REMOVE) != 0) {
            if (message.kind == WM_QUIT) return;
            _ = DispatchMessageW(&message);
        }
    }
}

/// The session may not end, and the window stays, which taskkill would have closed; the rest is its class's business.
fn answer(window: Handle, kind: u32, first: usize, second: isize) callconv(.winapi) isize {
    return switch (kind) {
        WM_QUERYENDSESSION, WM_CLOSE => 0,
        else => CallWindowProcW(GetClassLongPtrW(window, GCLP_WNDPROC), window, kind, first, second),
    };
}
