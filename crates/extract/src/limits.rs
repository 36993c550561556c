//! What a paper may cost, each limit with its reason.
//!
//! A paper that needs more is refused in words, or read in part with a trouble that says so. The limits of the child process are
//! set by the kernel; the others let a reader stop politely before the kernel does it.

use std::time::Duration;

/// The wall clock of one child. Only a backstop: whoever reads does not sleep, so the processor's time runs out first, unless the
/// machine is overloaded.
pub const WALL: Duration = Duration::from_secs(20);

/// Processor seconds of a child for a small paper: a bomb is small, and whoever waits for it waits no longer than this.
pub const CPU_SECONDS: u64 = 4;

/// One more processor second for so many bytes, since an honest paper of 60 MB needs longer than one of 60 KB.
pub const BYTES_PER_CPU_SECOND: u64 = 4 << 20;

/// Never more processor seconds than this.
pub const CPU_SECONDS_MOST: u64 = 15;

/// Writable memory of a child that reads. Its peak must stay under 256 MiB; the pages of the program itself come on top.
pub const MEMORY: u64 = 224 << 20;

/// Writable memory of the character recognition, whose model alone takes some 100 MB.
pub const RECOGNITION_MEMORY: u64 = 240 << 20;

/// Address space of a child: the program is mapped as a whole, and its debug build is large.
pub const ADDRESS_SPACE: u64 = 4 << 30;

/// The stack of the thread that reads. Readers that call themselves for nested values end here and not in the heap.
pub const STACK: usize = 16 << 20;

/// Open files: the three pipes, and what the loader of the recognition needs.
pub const OPEN_FILES: u64 = 32;

/// The bytes of one paper: they lie in the child's memory as a whole.
pub const INPUT: usize = 64 << 20;

/// The text of one paper. A thousand pages have about 3 MB.
pub const TEXT: usize = 8 << 20;

/// Pages of one paper: a whole life's file fits.
pub const PAGES: usize = 2_000;

/// Words with places on one page. A newspaper page has about 5,000.
pub const WORDS_OF_PAGE: usize = 50_000;

/// Side of a page in points: 200 inches, the most that PDF allows without a unit of its own.
pub const PAGE_SIDE: f32 = 14_400.0;

/// Pixels of a picture: 100 megapixels, above any scanner for A4 and any telephone but the oddest.
pub const PIXELS: u64 = 100_000_000;

/// The decoded bytes of a picture, which must fit into the memory of the child together with what is made of it.
pub const PICTURE_BYTES: u64 = 150 << 20;

/// Pixels of a page image that is shown: A3 at 200 dots per inch has 7.7 million.
pub const SHOWN_PIXELS: f64 = 8_000_000.0;

/// Most dots per inch of a page image.
pub const DPI: u32 = 200;

/// Papers inside a paper.
pub const INSIDE: usize = 200;

/// Bytes of all papers inside a paper.
pub const INSIDE_BYTES: usize = 100 << 20;

/// Archives in archives.
pub const DEPTH: usize = 3;

/// One part of an office document, unpacked.
pub const MEMBER: usize = 64 << 20;

/// All parts of an office document that are read, unpacked.
pub const MEMBERS: usize = 128 << 20;

/// Members that an archive may list.
pub const MEMBER_COUNT: usize = 20_000;

/// Elements within elements of an XML part.
pub const XML_DEPTH: usize = 256;

/// Cells of a workbook.
pub const CELLS: usize = 2_000_000;

/// Unseen things that are listed of one paper; more are counted.
pub const HIDDEN: usize = 500;

/// Bytes of the words of one unseen thing.
pub const HIDDEN_TEXT: usize = 500;

/// What a child may answer: the text, its places, the list of unseen things, and the papers inside.
pub const OUTPUT: usize = INSIDE_BYTES + (128 << 20);

/// Pages of one paper whose characters are recognised, at some seconds each.
pub const RECOGNISED_PAGES: usize = 40;

/// Dots per inch for the recognition: below 200 it gets worse.
pub const RECOGNITION_DPI: u32 = 200;

/// Processor seconds for the recognition of one page.
pub const RECOGNITION_CPU_SECONDS: u64 = 20;

/// Processor seconds for reading a paper of so many bytes.
pub const fn cpu_seconds(bytes: usize) -> u64 {
    let seconds = CPU_SECONDS + bytes as u64 / BYTES_PER_CPU_SECOND;
    if seconds < CPU_SECONDS_MOST { seconds } else { CPU_SECONDS_MOST }
}
