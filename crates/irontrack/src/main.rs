//! The program `irontrack`.

fn main() -> std::process::ExitCode {
    irontrack::main()
}
