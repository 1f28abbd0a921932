//! A private PostgreSQL cluster: one for a test binary, on a free port, in a temporary folder, run
//! by an unprivileged user, gone when the test binary ends, however it ends.

use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// The cluster of this test binary.
struct Cluster {
    port: u16,
    programs: PathBuf,
    /// The shell that guards the cluster stops it when its input closes, that is when we end.
    _guard: Mutex<Child>,
}

/// Numbers databases within the process.
static NEXT: AtomicU32 = AtomicU32::new(1);

/// The URL of a new, empty database.
///
/// # Panics
/// If PostgreSQL is not installed or does not start: `cargo xtask test` installs it.
#[must_use]
pub fn fresh_database() -> String {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(start);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let status = Command::new(cluster.programs.join("createdb"))
        .args(["-h", "127.0.0.1", "-U", "yichuang", "-p"])
        .arg(cluster.port.to_string())
        .arg(&name)
        .status()
        .expect("createdb runs");
    assert!(status.success(), "createdb {name} failed");
    format!("postgres://yichuang@127.0.0.1:{}/{name}", cluster.port)
}

fn start() -> Cluster {
    let programs = programs();
    let folder = std::env::temp_dir().join(format!("yichuang-postgres-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let user = unprivileged_user();
    if let Some((uid, gid)) = user {
        chown(&folder, Some(uid), Some(gid)).expect("the folder can be given away");
    }
    let data = folder.join("data");
    let mut initdb = as_user(Command::new(programs.join("initdb")), user);
    let output = initdb
        .args(["--auth=trust", "--username=yichuang", "--encoding=UTF8"])
        .args(["--no-sync", "--locale=C.UTF-8", "--pgdata"])
        .arg(&data)
        .current_dir(&folder)
        .output()
        .expect("initdb runs");
    assert!(
        output.status.success(),
        "initdb failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );

    let port = free_port();
    // The guard waits for the end of its input, then stops the server and cleans up.
    let script = r#"
        "$1/postgres" -D "$2/data" -p "$3" -c listen_addresses=127.0.0.1 \
            -c unix_socket_directories= -c fsync=off -c full_page_writes=off \
            -c max_connections=300 >"$2/log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -INT "$server"
        wait "$server"
        rm -rf "$2"
    "#;
    let guard = as_user(Command::new("sh"), user)
        .args(["-c", script, "guard"])
        .arg(&programs)
        .arg(&folder)
        .arg(port.to_string())
        .current_dir(&folder)
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("sh runs");
    wait_until_ready(&programs, port, &folder);
    Cluster {
        port,
        programs,
        _guard: Mutex::new(guard),
    }
}

fn wait_until_ready(programs: &Path, port: u16, folder: &Path) {
    let started = Instant::now();
    loop {
        let is_ready = Command::new(programs.join("pg_isready"))
            .args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])
            .status()
            .is_ok_and(|status| status.success());
        if is_ready {
            return;
        }
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "PostgreSQL did not start: {}",
            std::fs::read_to_string(folder.join("log")).unwrap_or_default()
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// PostgreSQL refuses to run as root; then the system's own user for it is taken.
fn unprivileged_user() -> Option<(u32, u32)> {
    let id = |arguments: &[&str]| -> Option<u32> {
        let output = Command::new("id").args(arguments).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    if id(&["-u"]) != Some(0) {
        return None;
    }
    let uid = id(&["-u", "postgres"]);
    let gid = id(&["-g", "postgres"]);
    Some((uid, gid))
        .and_then(|(uid, gid)| Some((uid?, gid?)))
        .or_else(|| panic!("run as root, and there is no user `postgres`: install PostgreSQL"))
}

fn as_user(mut command: Command, user: Option<(u32, u32)>) -> Command {
    if let Some((uid, gid)) = user {
        command.uid(uid).gid(gid);
    }
    command
}

/// The folder of PostgreSQL's programs: Debian keeps them off the path.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .or_else(|| {
            std::env::split_paths(&std::env::var_os("PATH")?)
                .find(|folder| folder.join("initdb").exists())
        })
        .expect("PostgreSQL is installed (apt-get install postgresql)")
}

/// A port nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}
