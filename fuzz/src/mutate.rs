/// How many changes of libFuzzer's own come for each repetition.
const OWN_CHANGES: u32 = 31;

/// Changes an input: mostly as libFuzzer does, and now and then by repeating a part of it many times, which
/// makes the long lists, deep nestings and long texts that hostile bodies are made of.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    if size == 0 || !seed.is_multiple_of(OWN_CHANGES + 1) {
        return libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    }
    let mut state = u64::from(seed);
    let mut pick = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let start = pick(size);
    let longest = (size - start).min(1 << pick(12));
    let end = start + 1 + pick(longest);
    let part = data[start..end].to_vec();
    let rest = data[end..size].to_vec();
    let times = 1 + pick(max_size.saturating_sub(size) / part.len() + 1);
    let changed: Vec<u8> = part.repeat(times).into_iter().chain(rest).take(max_size - start).collect();
    data[start..start + changed.len()].copy_from_slice(&changed);
    start + changed.len()
}
