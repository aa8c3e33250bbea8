//! `zig build` makes the library for every target into zig-out/<target>/; `zig build test` runs the unit tests.
const std = @import("std");

const targets = [_]std.Target.Query{
    .{ .cpu_arch = .x86_64, .os_tag = .linux },
    .{ .cpu_arch = .aarch64, .os_tag = .linux },
    .{ .cpu_arch = .x86_64, .os_tag = .windows },
    .{ .cpu_arch = .aarch64, .os_tag = .windows },
    .{ .cpu_arch = .x86_64, .os_tag = .macos, .os_version_min = .{ .semver = .{ .major = 11, .minor = 0, .patch = 0 } } },
    .{ .cpu_arch = .aarch64, .os_tag = .macos, .os_version_min = .{ .semver = .{ .major = 11, .minor = 0, .patch = 0 } } },
};

pub fn build(b: *std.Build) void {
    for (targets) |query| {
        const library = b.addLibrary(.{
            .name = "burnscript",
            .linkage = .dynamic,
            .root_module = b.createModule(.{
                .root_source_file = b.path("src/main.zig"),
                .target = b.resolveTargetQuery(query),
                .optimize = .ReleaseSmall,
                .strip = true,
                .unwind_tables = .none,
                // Linux is done by system calls; macOS has no other way in than its libSystem.
                .link_libc = query.os_tag == .macos,
            }),
        });
        library.bundle_ubsan_rt = false;
        library.link_gc_sections = true;
        const folder = b.fmt("{s}-{s}", .{ @tagName(query.cpu_arch.?), @tagName(query.os_tag.?) });
        const install = b.addInstallArtifact(library, .{
            .dest_dir = .{ .override = .{ .custom = folder } },
            .implib_dir = .disabled,
            .pdb_dir = .disabled,
            .h_dir = .disabled,
        });
        b.getInstallStep().dependOn(&install.step);
    }

    const tests = b.addTest(.{
        .root_module = b.createModule(.{
            .root_source_file = b.path("src/main.zig"),
            .target = b.graph.host,
            .optimize = .Debug,
        }),
    });
    b.step("test", "Run the unit tests").dependOn(&b.addRunArtifact(tests).step);
}
