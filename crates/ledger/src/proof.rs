//! Proofs about the tree: this entry is in it; this tree grew out of that one (RFC 6962 §2.1.1 to 2.1.4, checked as in RFC 9162 §2.1.3.2, §2.1.4.2).

use crate::frontier::{Frontier, Hash, node_hash};

/// Why no proof can be made, or one does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf or the older tree is not within the tree.
    #[error("the tree does not reach that far")]
    OutOfRange,
    /// Too many or too few hashes.
    #[error("the proof has the wrong length")]
    WrongLength,
    /// The hashes lead to another root.
    #[error("the proof leads to another root")]
    WrongRoot,
}

/// The root over these leaf hashes.
pub fn root_of(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    for &leaf in leaves {
        frontier.append(leaf);
    }
    frontier.root()
}

/// The size of the left subtree of a tree of `size` leaves: the largest power of two below it.
fn left_of(size: usize) -> usize {
    size.next_power_of_two() / 2
}

/// The hashes that lead from leaf `index` to the root over `leaves`, lowest first. Takes O(n) hashing.
///
/// # Errors
/// [`ProofError::OutOfRange`].
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Result<Vec<Hash>, ProofError> {
    if index >= leaves.len() {
        return Err(ProofError::OutOfRange);
    }
    let (mut index, mut leaves, mut path) = (index, leaves, Vec::new());
    while leaves.len() > 1 {
        let (left, right) = leaves.split_at(left_of(leaves.len()));
        if index < left.len() {
            path.push(root_of(right));
            leaves = left;
        } else {
            path.push(root_of(left));
            index -= left.len();
            leaves = right;
        }
    }
    path.reverse();
    Ok(path)
}

/// Whether `leaf` is number `index` in the tree of `size` leaves with this root.
///
/// # Errors
/// [`ProofError`] when it cannot be told from this proof.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::OutOfRange);
    }
    let (mut node, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::WrongLength);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // A node without a right sibling stands unchanged on the levels up to where it has a left one.
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    match (last, hash == *root) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::WrongRoot),
        _ => Err(ProofError::WrongLength),
    }
}

/// The hashes that show that the tree over `leaves` begins with the tree over the first `first` of them. Takes O(n) hashing.
/// Empty when `first` is zero or all of them.
///
/// # Errors
/// [`ProofError::OutOfRange`].
pub fn consistency_proof(leaves: &[Hash], first: usize) -> Result<Vec<Hash>, ProofError> {
    if first > leaves.len() {
        return Err(ProofError::OutOfRange);
    }
    if first == 0 || first == leaves.len() {
        return Ok(Vec::new());
    }
    let (mut first, mut leaves, mut path, mut known) = (first, leaves, Vec::new(), true);
    while first != leaves.len() {
        let (left, right) = leaves.split_at(left_of(leaves.len()));
        if first <= left.len() {
            path.push(root_of(right));
            leaves = left;
        } else {
            path.push(root_of(left));
            first -= left.len();
            leaves = right;
            known = false;
        }
    }
    if !known {
        path.push(root_of(leaves));
    }
    path.reverse();
    Ok(path)
}

/// Whether the tree of `second` leaves with root `new` grew out of the tree of `first` leaves with root `old`.
///
/// # Errors
/// [`ProofError`] when it cannot be told from this proof.
pub fn verify_consistency(first: u64, second: u64, old: &Hash, new: &Hash, proof: &[Hash]) -> Result<(), ProofError> {
    if first > second {
        return Err(ProofError::OutOfRange);
    }
    if first == second || first == 0 {
        let holds = if first == second { old == new } else { *old == Frontier::new().root() };
        return match (proof.is_empty(), holds) {
            (true, true) => Ok(()),
            (true, false) => Err(ProofError::WrongRoot),
            (false, _) => Err(ProofError::WrongLength),
        };
    }
    // A tree of a power of two is itself the first hash of the proof.
    let (start, rest) = if first.is_power_of_two() {
        (*old, proof)
    } else {
        proof.split_first().map(|(first, rest)| (*first, rest)).ok_or(ProofError::WrongLength)?
    };
    let (mut node, mut last) = (first - 1, second - 1);
    while node & 1 == 1 {
        (node, last) = (node >> 1, last >> 1);
    }
    let (mut from_old, mut from_new) = (start, start);
    for hash in rest {
        if last == 0 {
            return Err(ProofError::WrongLength);
        }
        if node & 1 == 1 || node == last {
            from_old = node_hash(hash, &from_old);
            from_new = node_hash(hash, &from_new);
            while node & 1 == 0 && node != 0 {
                (node, last) = (node >> 1, last >> 1);
            }
        } else {
            from_new = node_hash(&from_new, hash);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    match (last, from_old == *old && from_new == *new) {
        (0, true) => Ok(()),
        (0, false) => Err(ProofError::WrongRoot),
        _ => Err(ProofError::WrongLength),
    }
}
