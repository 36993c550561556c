//! Ways into the book: invitations, passwords, second factors, sign-ins, and who may do what.

mod account;
mod attempts;
mod change_access;
mod change_password;
mod change_roles;
mod choose_password;
mod device;
mod disable_account;
mod end_sessions;
mod first_run;
mod hide_screen;
mod invite;
mod password;
mod recover;
mod secret;
mod see_accounts;
mod session;
mod set_up_second_factor;
mod sign_in;
mod sign_out;
mod step_up;
mod totp;
mod verify_second_factor;

pub use attempts::{Attempts, MOST_TRIES, WINDOW};
pub use change_access::{ChangeAccessError, NewGrant, change_services, give_grant, switch_keys, withdraw_grant};
pub use change_password::{ChangePasswordError, change_password};
pub use change_roles::{ChangeRolesError, RolesChanged, answer_roles, change_roles};
pub use choose_password::{ChoosePasswordError, choose_password, invited};
pub use disable_account::{DisableError, disable_account};
pub use end_sessions::{SessionLine, end_other_sessions, end_own_session, end_sessions_of, own_sessions};
pub use first_run::{FirstAccount, FirstRunError, first_run_open, first_run_token, start_first_account};
pub use hide_screen::{Proof, hide_screen, show_screen};
pub use invite::{INVITATION_LASTS, Invitation, InviteError, NewColleague, invite, invite_again};
pub use password::{LEAST as PASSWORD_LEAST, PasswordHash, Weak, hash_password};
pub use recover::use_recovery_code;
pub use secret::new_token;
pub use see_accounts::{see_account, see_accounts};
pub use session::{HALF_IN, IDLE, LASTS, STEPPED_UP, WayIn, find_session, token_digest};
pub use set_up_second_factor::{
    Confirmed, begin_second_factor, confirm_second_factor, new_recovery_codes, pending_second_factor,
};
pub use sign_in::{SignInError, sign_in};
pub use sign_out::sign_out;
pub use step_up::step_up;
pub use totp::{SecondFactor, code_at, next_code};
pub use verify_second_factor::verify_second_factor;

pub(crate) use account::{of, usable, write as write_account};
pub(crate) use secret::{code_as_given, digest, new_code, recovery_digest};
