//! The walls around a child: limits of the kernel, and the few calls that it may still make.
//!
//! Everything is set before the first byte of a paper is read, and none of it can be undone by the process itself.

use std::collections::BTreeMap;
use std::io;

use rustix::process::{Resource, Rlimit, Signal, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

use crate::limits;

/// Goes behind the walls for reading: memory, time, and no call but for memory and the pipes that are open.
///
/// # Errors
/// When the kernel refuses one of them: then nothing is read.
pub fn for_reading(cpu_seconds: u64) -> io::Result<()> {
    bounds(limits::MEMORY, cpu_seconds)?;
    limit(Resource::Nproc, 0)?;
    limit(Resource::Nofile, 3)?;
    apply(&reading_filter().map_err(io::Error::other)?)
}

/// Goes behind the walls for the character recognition, which is another program that has yet to be started.
///
/// # Errors
/// When the kernel refuses one of them: then nothing is recognised.
pub fn for_recognition() -> io::Result<()> {
    bounds(limits::RECOGNITION_MEMORY, limits::RECOGNITION_CPU_SECONDS)?;
    limit(Resource::Nofile, limits::OPEN_FILES)?;
    apply(&recognition_filter().map_err(io::Error::other)?)
}

fn bounds(memory: u64, cpu_seconds: u64) -> io::Result<()> {
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    limit(Resource::Data, memory)?;
    limit(Resource::As, limits::ADDRESS_SPACE)?;
    limit(Resource::Cpu, cpu_seconds)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Core, 0)?;
    rustix::thread::set_no_new_privs(true)?;
    Ok(())
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    Ok(setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?)
}

fn apply(filter: &BpfProgram) -> io::Result<()> {
    seccompiler::apply_filter_all_threads(filter).map_err(io::Error::other)
}

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// What reading needs: memory, the open pipes, and ending. Whatever else is asked for fails as forbidden.
fn reading_filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let mut rules: Rules = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_restart_syscall,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_set_robust_list,
        libc::SYS_rseq,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ]
    .into_iter()
    .map(|call| (call, Vec::new()))
    .collect();
    // Memory is never made executable.
    let writable = || SeccompRule::new(vec![flags(2, libc::PROT_EXEC as u64, 0)?]);
    rules.insert(libc::SYS_mmap, vec![writable()?]);
    rules.insert(libc::SYS_mprotect, vec![writable()?]);
    program(rules, forbidden(), SeccompAction::Allow)
}

/// What the recognition may not: reach anybody, write anything, look into another process, or leave these walls.
#[expect(clippy::too_many_lines, reason = "one line for each system call")]
fn recognition_filter() -> Result<BpfProgram, seccompiler::BackendError> {
    let mut rules: Rules = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_accept,
        libc::SYS_accept4,
        libc::SYS_sendto,
        libc::SYS_sendmsg,
        libc::SYS_sendmmsg,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_open,
        libc::SYS_pidfd_getfd,
        libc::SYS_kill,
        libc::SYS_unlinkat,
        libc::SYS_renameat2,
        libc::SYS_mkdirat,
        libc::SYS_mknodat,
        libc::SYS_linkat,
        libc::SYS_symlinkat,
        libc::SYS_fchmodat,
        libc::SYS_fchownat,
        libc::SYS_truncate,
        libc::SYS_ftruncate,
        libc::SYS_utimensat,
        libc::SYS_setxattr,
        libc::SYS_memfd_create,
        libc::SYS_mount,
        libc::SYS_umount2,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_chroot,
        libc::SYS_bpf,
        libc::SYS_perf_event_open,
        libc::SYS_userfaultfd,
        libc::SYS_keyctl,
        libc::SYS_add_key,
        libc::SYS_request_key,
        libc::SYS_io_uring_setup,
        libc::SYS_io_uring_enter,
        libc::SYS_openat2,
        libc::SYS_clone3,
        libc::SYS_init_module,
        libc::SYS_finit_module,
        libc::SYS_kexec_load,
        libc::SYS_reboot,
        libc::SYS_swapon,
    ]
    .into_iter()
    .map(|call| (call, Vec::new()))
    .collect();
    #[cfg(target_arch = "x86_64")]
    for call in [
        libc::SYS_creat,
        libc::SYS_unlink,
        libc::SYS_rename,
        libc::SYS_mkdir,
        libc::SYS_rmdir,
        libc::SYS_mknod,
        libc::SYS_link,
        libc::SYS_symlink,
        libc::SYS_chmod,
        libc::SYS_chown,
        libc::SYS_fork,
        libc::SYS_vfork,
    ] {
        rules.insert(call, Vec::new());
    }
    let writing = [libc::O_WRONLY, libc::O_RDWR, libc::O_CREAT, libc::O_TRUNC];
    rules.insert(libc::SYS_openat, any_flag(2, &writing)?);
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_open, any_flag(1, &writing)?);
    program(rules, SeccompAction::Allow, forbidden())
}

const fn forbidden() -> SeccompAction {
    SeccompAction::Errno(libc::EPERM as u32)
}

fn flags(argument: u8, mask: u64, value: u64) -> Result<SeccompCondition, seccompiler::BackendError> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, SeccompCmpOp::MaskedEq(mask), value)
}

fn any_flag(argument: u8, any: &[i32]) -> Result<Vec<SeccompRule>, seccompiler::BackendError> {
    any.iter()
        .map(|flag| {
            SeccompRule::new(vec![flags(argument, u64::from(flag.unsigned_abs()), u64::from(flag.unsigned_abs()))?])
        })
        .collect()
}

fn program(
    rules: Rules,
    otherwise: SeccompAction,
    matched: SeccompAction,
) -> Result<BpfProgram, seccompiler::BackendError> {
    SeccompFilter::new(rules, otherwise, matched, std::env::consts::ARCH.try_into()?)?.try_into()
}
