//! The tree is RFC 6962's: known roots and proofs, and the laws that proofs obey.

#![expect(clippy::unwrap_used, reason = "tests")]

use ledger::{
    Frontier, Hash, ProofError, consistency_proof, inclusion_proof, leaf_hash, node_hash, root_of, verify_consistency,
    verify_inclusion,
};
use proptest::prelude::*;

/// The leaves of the Certificate Transparency project's reference tests.
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn hash(text: &str) -> Hash {
    hex::decode(text).unwrap().try_into().unwrap()
}

fn known_leaves() -> Vec<Hash> {
    LEAVES.iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect()
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count).map(|at| leaf_hash(&at.to_be_bytes())).collect()
}

/// RFC 6962 §2.1 word for word: the tree split at the largest power of two below its size.
fn root_by_definition(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => hash(EMPTY),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&root_by_definition(left), &root_by_definition(right))
        }
    }
}

#[test]
fn the_known_roots_come_out() {
    let mut frontier = Frontier::new();
    assert_eq!(frontier.root(), hash(EMPTY));
    for (leaf, expected) in known_leaves().into_iter().zip(ROOTS) {
        frontier.append(leaf);
        assert_eq!(frontier.root(), hash(expected), "{} leaves", frontier.size());
    }
}

#[test]
fn the_known_proofs_come_out() {
    let leaves = known_leaves();
    let three = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ];
    assert_eq!(inclusion_proof(&leaves, 0).unwrap(), three.map(hash));
    assert_eq!(consistency_proof(&leaves, 1).unwrap(), three.map(hash));
    let from_six = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(consistency_proof(&leaves, 6).unwrap(), from_six.map(hash));
    let from_two = [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ];
    assert_eq!(consistency_proof(&leaves[..5], 2).unwrap(), from_two.map(hash));
}

#[test]
fn every_proof_of_every_small_tree_holds_and_holds_nowhere_else() {
    let all = leaves(33);
    for size in 1..=all.len() {
        let tree = &all[..size];
        let root = root_of(tree);
        assert_eq!(root, root_by_definition(tree));
        for index in 0..size {
            let proof = inclusion_proof(tree, index).unwrap();
            let holds = |leaf: &Hash, index: usize, size: usize, proof: &[Hash], root: &Hash| {
                verify_inclusion(leaf, index as u64, size as u64, proof, root)
            };
            assert_eq!(holds(&tree[index], index, size, &proof, &root), Ok(()));
            assert!(holds(&all[32 - index], index, size, &proof, &root).is_err() || all[32 - index] == tree[index]);
            assert!(holds(&tree[index], index, size, &proof, &[0; 32]).is_err());
            assert!(holds(&tree[index], index, size, &[&proof[..], &[root]].concat(), &root).is_err(), "too long");
            assert_eq!(holds(&tree[index], size, size, &proof, &root), Err(ProofError::OutOfRange));
            if let Some((_, shorter)) = proof.split_last() {
                assert!(holds(&tree[index], index, size, shorter, &root).is_err(), "too short");
            }
            for other in (0..size).filter(|&other| other != index) {
                assert!(holds(&tree[index], other, size, &proof, &root).is_err(), "{index} as {other} of {size}");
            }
        }
        for first in 0..=size {
            let proof = consistency_proof(tree, first).unwrap();
            let old = root_of(&tree[..first]);
            let holds =
                |old: &Hash, new: &Hash, proof: &[Hash]| verify_consistency(first as u64, size as u64, old, new, proof);
            assert_eq!(holds(&old, &root, &proof), Ok(()), "{first} to {size}");
            assert!(holds(&[0; 32], &root, &proof).is_err(), "another old root, {first} to {size}");
            assert!(holds(&old, &[0; 32], &proof).is_err() || first == 0, "another new root, {first} to {size}");
            assert!(holds(&old, &root, &[&proof[..], &[root]].concat()).is_err(), "too long, {first} to {size}");
            if let Some((_, shorter)) = proof.split_last() {
                assert!(holds(&old, &root, shorter).is_err(), "too short, {first} to {size}");
            }
        }
    }
}

#[test]
fn a_smaller_tree_never_grew_out_of_a_larger_one() {
    let all = leaves(9);
    assert_eq!(verify_consistency(9, 8, &root_of(&all), &root_of(&all[..8]), &[]), Err(ProofError::OutOfRange));
    assert_eq!(consistency_proof(&all[..8], 9), Err(ProofError::OutOfRange));
    assert_eq!(inclusion_proof(&all, 9), Err(ProofError::OutOfRange));
}

#[test]
fn the_proof_of_a_leaf_says_how_large_its_tree_is() {
    // In a tree of 8 the proof of leaf 0 has three hashes, as it has in trees of 5, 6, 7: only the root tells these apart. A tree of
    // 4 or 9 needs another number of hashes.
    let all = leaves(9);
    let (proof, root) = (inclusion_proof(&all[..8], 0).unwrap(), root_of(&all[..8]));
    for size in [1, 2, 3, 4, 9] {
        assert_eq!(verify_inclusion(&all[0], 0, size, &proof, &root), Err(ProofError::WrongLength), "{size}");
    }
}

#[test]
fn a_leaf_never_passes_for_a_node() {
    let (left, right) = (leaf_hash(b"left"), leaf_hash(b"right"));
    assert_ne!(leaf_hash(&[left, right].concat()), node_hash(&left, &right));
    assert_ne!(node_hash(&left, &right), node_hash(&right, &left));
}

#[test]
fn a_damaged_frontier_is_refused() {
    let mut frontier = Frontier::new();
    for leaf in leaves(13) {
        frontier.append(leaf);
    }
    let bytes = frontier.to_bytes();
    assert_eq!(bytes.len(), 8 + 3 * 32);
    assert_eq!(Frontier::from_bytes(&bytes), Ok(frontier));
    for length in 0..bytes.len() {
        assert!(Frontier::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
    }
    let mut more = bytes.clone();
    more[7] += 2;
    assert!(Frontier::from_bytes(&more).is_err(), "13 leaves have three peaks, 15 have four");
}

proptest! {
    #[test]
    fn a_log_that_was_put_away_and_taken_up_again_has_the_same_root(size in 0_usize..300, cut in 0_usize..300) {
        let all = leaves(size);
        let mut frontier = Frontier::new();
        for (at, &leaf) in all.iter().enumerate() {
            if at == cut {
                frontier = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
            }
            frontier.append(leaf);
        }
        prop_assert_eq!(frontier.size(), size as u64);
        prop_assert_eq!(frontier.root(), root_by_definition(&all));
    }

    #[test]
    fn a_tree_with_another_past_is_not_consistent(size in 2_usize..200, first in 1_usize..200, at in 0_usize..200) {
        let (first, all) = (first.min(size - 1), leaves(size));
        let mut other = all.clone();
        other[at % first] = leaf_hash(b"another past");
        let proof = consistency_proof(&other, first).unwrap();
        let old = root_of(&all[..first]);
        prop_assert!(verify_consistency(first as u64, size as u64, &old, &root_of(&other), &proof).is_err());
    }
}
